import {
  fullMask,
  intersectMask,
  type RowMask,
  sameMask,
  subtractMask,
  unionMask,
} from "../../compute/selection/row-mask.ts";
import type { LinkHow } from "./link-how.ts";

/** Who selects. Told apart by identity: ids of two copies of the code on one page may be the same. */
export interface Chooser {
  readonly id: string;
  /** Rows of its data; 0: not known. */
  readonly count: number;
}

/** What each widget has selected, the latest last; one that has selected nothing is not in it. */
export type GroupMasks = ReadonlyMap<Chooser, RowMask>;

/** The masks over as many rows as `viewer` has: the bits of others stand for rows that it does not know. */
export function fittingMasks(masks: GroupMasks, { count }: Chooser): GroupMasks {
  if (count === 0) return masks;
  const bytes = (count + 7) >> 3;
  const fits = (chooser: Chooser, mask: RowMask) => mask.length === bytes && !differInCount(chooser.count, count);
  return new Map([...masks].filter(([chooser, mask]) => fits(chooser, mask)));
}

/** Both are known, and not the same. */
export function differInCount(a: number, b: number): boolean {
  return a > 0 && b > 0 && a !== b;
}

/** The mask that was made last; null where there is none. */
export function latestMask(masks: GroupMasks): RowMask | null {
  return [...masks.values()].at(-1) ?? null;
}

/**
 * What `viewer` shows as selected, by the table of `LinkHow`; null where nothing is, an empty mask where none is left.
 */
export function combineMasks(how: LinkHow, masks: GroupMasks, viewer: Chooser): RowMask | null {
  if (how === "single" || masks.size === 0) return latestMask(masks);
  if (how === "intersect") return [...masks.values()].reduce(intersectMask);
  if (how === "union") return [...masks.values()].reduce(unionMask);
  const theirs = [...masks].filter(([chooser]) => chooser !== viewer).map(([, mask]) => mask);
  return theirs.reduce(subtractMask, masks.get(viewer) ?? fullMask(viewer.count));
}

/** The masks after `chooser` has selected `mask`; where one selection is for all ("single"), it takes the others' place. */
export function withMask(how: LinkHow, masks: GroupMasks, chooser: Chooser, mask: RowMask | null): GroupMasks {
  const changed = new Map(how === "single" ? [] : masks);
  changed.delete(chooser);
  if (mask) changed.set(chooser, mask);
  return changed;
}

/** The masks without that of `chooser`; what all share stays although who made it has gone. */
export function withoutChooser(how: LinkHow, masks: GroupMasks, chooser: Chooser): GroupMasks {
  const shared = how === "single" ? [...masks.keys()].at(-1) : undefined;
  return new Map([...masks].filter(([other]) => other !== chooser || other === shared));
}

/** The masks of `members` alone; the latest, where its maker has gone, is `heir`'s. */
export function masksOfMembers(masks: GroupMasks, members: ReadonlySet<Chooser>, heir: Chooser): GroupMasks {
  const kept = [...masks].filter(([chooser]) => members.has(chooser));
  const last = [...masks].at(-1);
  return new Map(last && !members.has(last[0]) ? [...kept, [heir, last[1]]] : kept);
}

export function sameMasks(a: GroupMasks, b: GroupMasks): boolean {
  return a.size === b.size && [...a].every(([chooser, mask]) => sameMask(mask, b.get(chooser) ?? null));
}
