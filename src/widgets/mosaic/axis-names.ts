import type { MosaicSession } from "./session.ts";

/** What the axes are called: as they were told, "x" and "y" where coordinates were given, else as those of a map. */
export function axisNames({ props, tiles }: Pick<MosaicSession, "props" | "tiles">): readonly [string, string] {
  if (props.axes) return props.axes;
  // Of a saved picture its own origin says no more than that.
  const isGiven = props.coords !== null || tiles?.layout.origin.kind === "coords";
  return isGiven ? ["x", "y"] : ["UMAP 1", "UMAP 2"];
}
