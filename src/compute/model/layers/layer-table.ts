import type { LayerOutput, ModelLayer } from "../model-layer.ts";

/** A column of the layer table, a value a layer. */
export interface LayerColumn {
  readonly name: string;
  readonly values: readonly (string | number | null)[];
}

/** The layer table as columns, for a data frame or a file of comma-separated values; null where nothing is known. */
export function layerTable(layers: readonly ModelLayer[]): readonly LayerColumn[] {
  const column = (name: string, value: (layer: ModelLayer) => string | number | null) => ({
    name,
    values: layers.map(value),
  });
  return [
    column("name", ({ name }) => name),
    column("type", ({ type }) => type),
    column("output_shape", ({ outputs }) => shapeText(outputs)),
    column("parameters", ({ parameters }) => parameters),
    column("trainable", ({ trainable }) => trainable),
    column("multiply_adds", ({ multiplyAdds }) => multiplyAdds),
    column("dtype", ({ dtype }) => dtype),
    column("kernel", ({ kernel }) => sizeText(kernel)),
    column("stride", ({ stride }) => sizeText(stride)),
    column("module", ({ module }) => module),
    column("tensor", ({ outputs }) => outputs[0]?.tensor ?? null),
  ];
}

/** As Keras prints it: "(None, 74, 74, 32)", a list of them for several answers, "?" where nothing is known. */
export function shapeText(outputs: readonly LayerOutput[]): string {
  const shapes = outputs.map(({ shape }) => {
    if (!shape) return "?";
    const sizes = shape.map((size) => size ?? "None");
    return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
  });
  return shapes.length === 1 ? (shapes[0] ?? "?") : `[${shapes.join(", ")}]`;
}

/** "3 x 3"; null for a layer that has none. */
export function sizeText(size: readonly number[] | null): string | null {
  return size && size.length > 0 ? size.join(" x ") : null;
}
