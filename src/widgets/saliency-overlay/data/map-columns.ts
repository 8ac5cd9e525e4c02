import type { SaliencyOverlayProps } from "../props.ts";
import { className, classNumber } from "./class-names.ts";
import { methodWords } from "./method-words.ts";
import type { MapColumn } from "./shown-saliency.ts";

/**
 * What is asked of each picture: of one class after the other every method.
 *
 * @throws {ComputeError} "input" for a name that no class has.
 */
export function mapColumns(
  { classIdx, methods }: Pick<SaliencyOverlayProps, "classIdx" | "methods">,
  names: readonly string[] | null,
): readonly MapColumn[] {
  const classes = classIdx?.map((asked) => classNumber(asked, names)) ?? [null];
  return [...new Set(classes)].flatMap((number) =>
    methods.map(({ method, smooth }) => {
      const words = methodWords({ method, smooth });
      const name = number === null ? words : `${words}, ${className(names, number)}`;
      return { method, smooth, classIdx: number, name };
    }),
  );
}

/** The columns of maps that were given. */
export function givenColumns(
  { mapNames }: Pick<SaliencyOverlayProps, "mapNames">,
  count: number,
): readonly MapColumn[] {
  return Array.from({ length: count }, (_, at) => ({
    method: null,
    smooth: false,
    classIdx: null,
    name: mapNames?.[at] ?? (count > 1 ? `map ${at + 1}` : "map"),
  }));
}
