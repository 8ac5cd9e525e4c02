/** Zeros that are put before and behind a line: so many as SciPy does for "grid-constant"; a spline's memory is shorter. */
export const PADDING = 12;

/** The pole of the cubic B-spline's filter. */
const POLE = Math.sqrt(3) - 2;
const GAIN = (1 - POLE) * (1 - 1 / POLE);

/**
 * The coefficients of the cubic spline through a line's numbers with zeros around it, mirrored beyond these (Unser, Aldroubi and
 * Eden, IEEE PAMI 13, 1991; in the order of operations of `scipy.ndimage.spline_filter1d`).
 *
 * @param into - `line.length + 2 * PADDING` numbers; overwritten.
 * @returns `into`.
 */
export function splineLine(line: Float64Array, into: Float64Array): Float64Array {
  const last = into.length - 1;
  into.fill(0);
  for (let place = 0; place < line.length; place++) into[PADDING + place] = (line[place] ?? 0) * GAIN;
  into[0] = firstOf(into);
  for (let place = 1; place <= last; place++) into[place] = (into[place] ?? 0) + POLE * (into[place - 1] ?? 0);
  into[last] = ((POLE * (into[last - 1] ?? 0) + (into[last] ?? 0)) * POLE) / (POLE * POLE - 1);
  for (let place = last - 1; place >= 0; place--) into[place] = POLE * ((into[place + 1] ?? 0) - (into[place] ?? 0));
  return into;
}

/** What the forward pass begins with: the mirrored line's sum up to there. */
function firstOf(line: Float64Array): number {
  const last = line.length - 1;
  const around = POLE ** last;
  let power = POLE;
  let first = (line[0] ?? 0) + around * (line[last] ?? 0);
  for (let place = 1; place < last; place++) {
    first += power * ((line[place] ?? 0) + around * (line[last - place] ?? 0));
    power *= POLE;
  }
  return first / (1 - around * around);
}
