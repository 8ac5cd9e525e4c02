import { ComputeError } from "../../compute/errors.ts";

/** How the selections of linked widgets become one, in the order in which readers are offered them. */
export const linkHows = ["single", "intersect", "union", "exclude"] as const;

/**
 * What a widget shows as selected of what it has selected itself (`own`) and what those linked with it have (`theirs`).
 * The first three are named as in Mosaic (`Selection.single`, `.intersect`, `.union`, uwdata/mosaic).
 *
 * | a row is in           | single               | intersect | union | exclude |
 * |-----------------------|----------------------|-----------|-------|---------|
 * | own, not theirs       | if own is the later  | no        | yes   | yes     |
 * | theirs, not own       | if theirs is later   | no        | yes   | no      |
 * | both                  | yes                  | yes       | yes   | no      |
 * | neither               | no                   | no        | no    | no      |
 * | theirs; own is none   | yes                  | yes       | yes   | no      |
 * | not theirs; own is none | no                 | no        | no    | yes     |
 *
 * A widget that has selected nothing takes no part: it narrows no intersection, and what "exclude" takes theirs out of
 * is all rows then. Where nobody has selected anything, nothing is selected.
 */
export type LinkHow = (typeof linkHows)[number];

export function isLinkHow(name: unknown): name is LinkHow {
  return linkHows.some((how) => how === name);
}

/** @throws {ComputeError} for a name that is none of `linkHows`. */
export function acceptLinkHow(name: unknown): LinkHow {
  if (isLinkHow(name)) return name;
  throw new ComputeError(
    "input",
    `unknown how: ${JSON.stringify(name)} (expected single, intersect, union or exclude).`,
    "Use one of them.",
  );
}
