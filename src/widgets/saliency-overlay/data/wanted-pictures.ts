import type { ListedPicture, PictureList } from "../../models/picture-list.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import type { ShownSaliency } from "./shown-saliency.ts";

/** So many pictures are all shown where nobody says which. */
const MOST_AT_ONCE = 4;

/** The pictures that a caller asks to be shown. */
export function wantedOf(
  { shown }: Pick<SaliencyOverlayProps, "shown">,
  { all, passed }: Pick<PictureList, "all" | "passed">,
): readonly ListedPicture[] {
  if (shown) return [...new Set(shown)].flatMap((number) => (number < passed ? (all[number] ?? []) : []));
  return all.slice(0, passed <= MOST_AT_ONCE ? passed : 1);
}

/** Those that are on show; null where they are not there any more. */
export function returnedTo(
  { pictures }: Pick<ShownSaliency, "pictures">,
  { all }: Pick<PictureList, "all">,
): readonly ListedPicture[] | null {
  const found = pictures.flatMap((shown) => all.find(({ key }) => key === shown.key) ?? []);
  return found.length > 0 ? found : null;
}
