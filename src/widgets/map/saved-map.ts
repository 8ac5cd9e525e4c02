import { ComputeError } from "../../compute/errors.ts";
import { type Categories, type Coloring, categoriesOf, classBytes } from "../rows/coloring.ts";
import type { Layout } from "./layout.ts";
import { packPicture, unpackPicture } from "./saved-picture.ts";

const NO_CLASS = 255;

/** A finished map as a small picture for the saved notebook; null while there is none worth keeping. */
export function saveMapPicture(
  layout: Layout | null,
  coloring: Coloring | null,
  caption: string,
): Uint8Array<ArrayBuffer> | null {
  if (!layout || layout.settling || layout.preview || layout.origin.kind === "saved") return null;
  const { positions, dims } = layout;
  const classes = coloring?.kind === "categories" && coloring.names.length < NO_CLASS ? coloring : null;
  const codes = classes ? classBytes(classes, null, NO_CLASS) : null;
  return packPicture({ rows: positions.length / dims, dims, positions, classes: classes?.names ?? [], codes, caption });
}

/** What a saved picture shows: the map, and the classes of its rows where it has any. */
export interface SavedMap {
  readonly layout: Layout;
  readonly rows: number;
  readonly classes: Categories | null;
}

/** @throws {ComputeError} when it is an older version's, or cut off. */
export function readSavedMap(saved: Uint8Array<ArrayBuffer>): SavedMap {
  const picture = unpackPicture(saved);
  if (!picture)
    throw new ComputeError("input", "The saved picture can't be read.", "Run the cell to compute it again.");
  const { positions, dims, rows, codes, classes, caption } = picture;
  const origin = { kind: "saved", caption } as const;
  const signed = codes && Int32Array.from(codes, (code) => (code === NO_CLASS ? -1 : code));
  return {
    layout: { positions, dims, settling: false, preview: false, origin },
    rows,
    classes: signed && categoriesOf(signed, classes),
  };
}
