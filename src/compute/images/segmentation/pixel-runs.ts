/** A set of a picture's pixels: some of each row, as runs. */
export interface PixelRuns {
  /** Where each run begins and where it ends, the end itself left out; pixels count row after row. */
  readonly bounds: Int32Array<ArrayBuffer>;
  /** Pixels in all. */
  readonly area: number;
}

/** The pixels at which a mask is not 0. */
export function runsOfMask(mask: ArrayLike<number | boolean>): PixelRuns {
  const bounds: number[] = [];
  let area = 0;
  for (let place = 0; place < mask.length; place++) {
    if (!mask[place]) continue;
    const start = place;
    while (place < mask.length && mask[place]) place++;
    bounds.push(start, place);
    area += place - start;
  }
  return { bounds: Int32Array.from(bounds), area };
}

/**
 * The segments of a picture of labels, each as runs that end with their row.
 *
 * @param labels - Numbers from 0 up, row after row; every number up to the largest has a segment, be it empty.
 */
export function runsOfLabels(labels: Int32Array, width: number): PixelRuns[] {
  const bounds: number[][] = [];
  const areas: number[] = [];
  let start = 0;
  for (let place = 1; place <= labels.length; place++) {
    const label = labels[start] ?? 0;
    if (place % width !== 0 && labels[place] === label) continue;
    while (bounds.length <= label) areas[bounds.push([]) - 1] = 0;
    bounds[label]?.push(start, place);
    areas[label] = (areas[label] ?? 0) + place - start;
    start = place;
  }
  return bounds.map((runs, label) => ({ bounds: Int32Array.from(runs), area: areas[label] ?? 0 }));
}

/** Calls once for each run. */
export function eachRun({ bounds }: PixelRuns, call: (start: number, end: number) => void): void {
  for (let place = 0; place < bounds.length; place += 2) call(bounds[place] ?? 0, bounds[place + 1] ?? 0);
}
