import { ComputeError } from "../../../compute/errors.ts";
import type { MapColumn, ShownMap, ShownSaliency } from "./shown-saliency.ts";

/** Maps as one array: pictures × columns × height × width. */
export interface StackedMaps {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly [pictures: number, columns: number, height: number, width: number];
}

/**
 * All maps on show in one array.
 *
 * @param valuesOf What of a map: `height * width` numbers.
 * @throws {ComputeError} "input" where a map is missing, and where they are of several sizes.
 */
export function stackMaps(
  { pictures, columns }: Pick<ShownSaliency, "pictures" | "columns">,
  valuesOf: (map: ShownMap, column: MapColumn) => Float32Array,
): StackedMaps {
  const first = pictures[0]?.maps[0];
  if (!first) throw new ComputeError("input", "There are no saliency maps yet.", "Await the widget first.");
  const { height, width } = first;
  const places = height * width;
  const data = new Float32Array(pictures.length * columns.length * places);
  for (const [row, { name, maps }] of pictures.entries())
    for (const [at, column] of columns.entries()) {
      const map = maps[at];
      if (!map)
        throw new ComputeError(
          "input",
          `The map of ${name}, ${column.name}, is not there yet.`,
          "Await the widget first.",
        );
      if (map.height !== height || map.width !== width)
        throw new ComputeError(
          "input",
          `The maps are of several sizes: ${height} × ${width} and ${map.height} × ${map.width}.`,
          "Show one picture, or pass pictures of one size.",
        );
      data.set(valuesOf(map, column), (row * columns.length + at) * places);
    }
  return { data, shape: [pictures.length, columns.length, height, width] };
}
