import type { BoxNumbers, UnitGroup } from "../../../compute/statistics/boxes/unit-boxes.ts";

/** Whether two groups would be drawn alike: a worker's answer is a new object also where nothing changed. */
export function sameGroup(a: UnitGroup | null, b: UnitGroup | null): boolean {
  if (a === b) return true;
  return (
    a !== null &&
    b !== null &&
    sameBox(a.box, b.box) &&
    sameNumbers(a.slideMeans, b.slideMeans) &&
    sameNumbers(a.density?.heights, b.density?.heights) &&
    a.density?.from === b.density?.from &&
    a.density?.to === b.density?.to &&
    sameNumbers(a.swarm?.values, b.swarm?.values) &&
    sameNumbers(a.swarm?.rows, b.swarm?.rows) &&
    sameNumbers(a.swarm?.offsets, b.swarm?.offsets) &&
    a.swarm?.perValue === b.swarm?.perValue
  );
}

function sameBox(a: BoxNumbers, b: BoxNumbers): boolean {
  return (
    a.n === b.n &&
    a.outlierCount === b.outlierCount &&
    sameNumbers([a.mean, a.min, a.q1, a.median, a.q3, a.max], [b.mean, b.min, b.q1, b.median, b.q3, b.max]) &&
    sameNumbers([a.whiskerLow, a.whiskerHigh], [b.whiskerLow, b.whiskerHigh]) &&
    sameNumbers(a.outliers, b.outliers) &&
    sameNumbers(a.outlierRows, b.outlierRows)
  );
}

function sameNumbers(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!Object.is(a[index], b[index])) return false;
  return true;
}
