/**
 * A map's levels (0 to 255) at another size: every pixel is the mean of what it covers where the map is shrunk, weighted by
 * how much it covers, and the nearest one where it is enlarged.
 *
 * @param levels height × width, row by row.
 * @param into As many as the new size has.
 */
export function scaleLevels(
  levels: Uint8Array,
  from: { readonly height: number; readonly width: number },
  into: Uint8Array,
  to: { readonly height: number; readonly width: number },
): void {
  const rows = footprints(from.height, to.height);
  const columns = footprints(from.width, to.width);
  const line = new Float32Array(to.width);
  for (let y = 0; y < to.height; y++) {
    line.fill(0);
    const vertical = rows[y] ?? nothing;
    for (let sy = 0; sy < vertical.weights.length; sy++) {
      const start = (vertical.first + sy) * from.width;
      const weight = vertical.weights[sy] ?? 0;
      for (let x = 0; x < to.width; x++) {
        const { first, weights } = columns[x] ?? nothing;
        let sum = 0;
        for (let sx = 0; sx < weights.length; sx++) sum += (levels[start + first + sx] ?? 0) * (weights[sx] ?? 0);
        line[x] = (line[x] ?? 0) + sum * weight;
      }
    }
    for (let x = 0; x < to.width; x++) into[y * to.width + x] = Math.round(line[x] ?? 0);
  }
}

/** What one pixel of the new size covers of a line: pixels from `first` on, by how much, in sum 1. */
interface Footprint {
  readonly first: number;
  readonly weights: Float32Array;
}

const nothing: Footprint = { first: 0, weights: new Float32Array() };

function footprints(from: number, to: number): readonly Footprint[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, at) => {
    if (ratio <= 1) return { first: Math.min(from - 1, Math.floor((at + 0.5) * ratio)), weights: Float32Array.of(1) };
    const [start, end] = [at * ratio, (at + 1) * ratio];
    const first = Math.floor(start);
    // What rounding leaves of a last pixel is not there.
    const last = Math.min(from, Math.ceil(end - 1e-6));
    const weights = Float32Array.from({ length: last - first }, (__, step) => {
      const pixel = first + step;
      return (Math.min(end, pixel + 1) - Math.max(start, pixel)) / ratio;
    });
    return { first, weights };
  });
}
