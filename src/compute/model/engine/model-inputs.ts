import { ComputeError } from "../../errors.ts";
import type { LoadedModel } from "../loaded-model.ts";
import type { OnnxGraph, OnnxValue } from "../onnx/onnx-model.ts";
import { sampleNumbers } from "./sample-numbers.ts";
import type { Feed } from "./tensor-values.ts";

/** An input whose sizes are known. */
export interface ModelInput {
  readonly name: string;
  /** A number of `TENSOR_TYPES`. */
  readonly type: number;
  /** Of one picture, as the graph has it: without the batch. */
  readonly dims: readonly number[];
  /** How many pictures the graph takes at a time; null for any number. */
  readonly batch: number | null;
}

/**
 * The inputs of a model. The first dimension is the batch.
 *
 * @param shape - One picture's, for the input that takes pictures: where the file leaves sizes open it settles them.
 * @throws ComputeError "input" where a size is known neither from the file nor from `shape`, or both say another.
 */
export function modelInputs({ name, onnx }: LoadedModel, shape: readonly number[] | null): readonly ModelInput[] {
  const pictures = pictureValue(onnx.graph);
  return onnx.graph.inputs.map((value) =>
    value === pictures ? settlePictures(name, value, shape) : settleOther(name, value),
  );
}

/** What a graph takes pictures by: of several inputs the only one of four dimensions, else the first. */
export function pictureValue({ inputs }: Pick<OnnxGraph, "inputs">): OnnxValue | undefined {
  const [only, ...others] = inputs.filter(({ dims }) => dims?.length === 4);
  return only && others.length === 0 ? only : inputs[0];
}

/**
 * The input that takes pictures: the only one, or of several the only one with three dimensions a picture.
 *
 * @throws ComputeError "input" where none or several may be it.
 */
export function pictureInput(name: string, inputs: readonly ModelInput[]): ModelInput {
  const [only, ...others] = inputs.length === 1 ? inputs : inputs.filter(({ dims }) => dims.length === 3);
  if (only && others.length === 0) return only;
  const names = inputs.map((input) => `"${input.name}"`).join(", ");
  throw new ComputeError(
    "input",
    `${name} has ${inputs.length} inputs${names && ` (${names})`}, not one for pictures.`,
    "Export the part of it that takes pictures alone.",
  );
}

/** How many numbers one picture has, or what stands beside it. */
export function numbersOf({ dims }: Pick<ModelInput, "dims">): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** Numbers from 0 to 1 in the input's shape, the same every time: to compare processors and to learn shapes. */
export function sampleFeed({ name, type, dims, batch }: ModelInput): Feed {
  const all = [batch ?? 1, ...dims];
  return { name, type, dims: all, values: sampleNumbers(numbersOf({ dims: all })) };
}

function settlePictures(file: string, { name, type, dims }: OnnxValue, shape: readonly number[] | null): ModelInput {
  if (shape && !shape.every((size) => Number.isInteger(size) && size > 0))
    throw new ComputeError("input", `One picture's shape must be whole numbers above 0, not ${tuple(shape)}.`);
  const [batch = null, ...known] = dims ?? [null, ...(shape ?? [])];
  const open = openAxes(known);
  if (shape) {
    const fits =
      shape.length === known.length && shape.every((size, axis) => open.includes(axis) || size === known[axis]);
    if (!fits)
      throw new ComputeError(
        "input",
        `${file} takes pictures of ${tuple(known)}, not ${tuple(shape)}.`,
        "Give sizes where it leaves them open.",
      );
  } else if (open.length > 0 || !dims)
    throw unsettled(file, name, dims && known, `Give one picture's shape, such as ${tuple(example(known, open))}.`);
  const settled = known.map((size, axis) => shape?.[axis] ?? Number(size));
  return { name, type, dims: settled, batch: fixedBatch(batch) };
}

function settleOther(file: string, { name, type, dims }: OnnxValue): ModelInput {
  const [batch = null, ...known] = dims ?? [];
  if (!dims || openAxes(known).length > 0)
    throw unsettled(file, name, dims && known, "Export the model with that size settled.");
  return { name, type, dims: known.map(Number), batch: fixedBatch(batch) };
}

type OpenSizes = readonly (number | string | null)[];

function unsettled(file: string, name: string, known: OpenSizes | null, remedy: string): ComputeError {
  const cause = known
    ? `The input "${name}" of ${file} leaves its size open: ${tuple(known)}.`
    : `The input "${name}" of ${file} does not say its shape.`;
  return new ComputeError("input", cause, remedy);
}

function openAxes(sizes: OpenSizes): readonly number[] {
  return sizes.flatMap((size, axis) => (typeof size === "number" && size > 0 ? [] : [axis]));
}

function fixedBatch(batch: number | string | null): number | null {
  return typeof batch === "number" && batch > 0 ? batch : null;
}

function tuple(sizes: OpenSizes): string {
  return `(${sizes.map((size) => size ?? "?").join(", ")})`;
}

/** The sizes that are known, and for the others what most networks take. */
function example(known: OpenSizes, open: readonly number[]): OpenSizes {
  if (known.length === 0) return [3, 224, 224];
  return known.map((size, axis) => (open.includes(axis) ? (open.length === 3 && axis === 0 ? 3 : 224) : size));
}
