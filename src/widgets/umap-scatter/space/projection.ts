import type { PlotlyElement } from "plotly.js-gl3d-dist-min";

/** Where on the element a point in space lies now, CSS pixels; null behind the eye. */
export type Projection = (x: number, y: number, z: number) => readonly [x: number, y: number] | null;

/** How plotly.js shows space at this moment; null before its first picture. */
export function projectionOf(plot: PlotlyElement): Projection | null {
  const scene = plot._fullLayout.scene?._scene;
  if (!scene?.glplot) return null;
  const { model, view, projection } = scene.glplot.cameraParams;
  const matrix = multiply(projection, multiply(view, model));
  const [scaleX = 1, scaleY = 1, scaleZ = 1] = scene.dataScale;
  const { clientWidth, clientHeight } = plot;
  return (x, y, z) => {
    const row = (at: number): number =>
      (matrix[at] ?? 0) * x * scaleX +
      (matrix[at + 4] ?? 0) * y * scaleY +
      (matrix[at + 8] ?? 0) * z * scaleZ +
      (matrix[at + 12] ?? 0);
    const depth = row(3);
    if (!(depth > 0)) return null;
    return [(0.5 + (0.5 * row(0)) / depth) * clientWidth, (0.5 - (0.5 * row(1)) / depth) * clientHeight];
  };
}

/** a · b, both 4 × 4, column after column. */
function multiply(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: 16 }, (_, at) => {
    const [row, column] = [at % 4, at - (at % 4)];
    return [0, 1, 2, 3].reduce((sum, k) => sum + (a[row + 4 * k] ?? 0) * (b[column + k] ?? 0), 0);
  });
}
