import { shapeText, sizeText } from "../../../compute/model/layers/layer-table.ts";
import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { formatCount } from "../../theme/numbers.ts";

export type LayerColumnName =
  | "layer"
  | "type"
  | "shape"
  | "parameters"
  | "multiplyAdds"
  | "dtype"
  | "kernel"
  | "stride"
  | "module";

/** A column of the layer table as it is read, sorted and printed. */
export interface LayerColumn {
  readonly name: LayerColumnName;
  readonly head: string;
  readonly isNumber: boolean;
  text(layer: ModelLayer): string;
  /** By what it is sorted; null goes last whichever way. */
  rank(layer: ModelLayer): number | string | null;
}

const product = (sizes: readonly (number | null)[]): number =>
  sizes.reduce<number>((all, size) => all * (size ?? 1), 1);
const count = (value: number | null): string => (value === null ? "?" : formatCount(value));

/** In the order in which they stand; what stands further back gives way first where it is narrow. */
export const layerColumns: readonly LayerColumn[] = [
  { name: "layer", head: "layer", isNumber: false, text: ({ name }) => name, rank: ({ name }) => name },
  { name: "type", head: "type", isNumber: false, text: ({ type }) => type, rank: ({ type }) => type },
  {
    name: "shape",
    head: "output shape",
    isNumber: false,
    text: ({ outputs }) => shapeText(outputs),
    // By how many numbers a picture has there.
    rank: ({ outputs }) => (outputs[0]?.shape ? product(outputs[0].shape) : null),
  },
  {
    name: "parameters",
    head: "parameters",
    isNumber: true,
    text: ({ parameters }) => count(parameters),
    rank: ({ parameters }) => parameters,
  },
  {
    name: "multiplyAdds",
    head: "multiply-adds",
    isNumber: true,
    text: ({ multiplyAdds }) => count(multiplyAdds),
    rank: ({ multiplyAdds }) => multiplyAdds,
  },
  { name: "dtype", head: "dtype", isNumber: false, text: ({ dtype }) => dtype, rank: ({ dtype }) => dtype },
  {
    name: "kernel",
    head: "kernel",
    isNumber: false,
    text: ({ kernel }) => spaced(sizeText(kernel)),
    rank: ({ kernel }) => (kernel && kernel.length > 0 ? product(kernel) : null),
  },
  {
    name: "stride",
    head: "stride",
    isNumber: false,
    text: ({ stride }) => spaced(sizeText(stride)),
    rank: ({ stride }) => (stride && stride.length > 0 ? product(stride) : null),
  },
  {
    name: "module",
    head: "module",
    isNumber: false,
    text: ({ module }) => module,
    rank: ({ module }) => module || null,
  },
];

/** Those that a model has anything in: paths of modules are PyTorch's alone. */
export function columnsOf(layers: readonly ModelLayer[]): readonly LayerColumn[] {
  const hasModules = layers.some(({ module }) => module !== "");
  return hasModules ? layerColumns : layerColumns.filter(({ name }) => name !== "module");
}

const spaced = (size: string | null): string => size?.replaceAll(" x ", " × ") ?? "";
