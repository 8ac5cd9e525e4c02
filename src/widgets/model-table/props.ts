import { ComputeError } from "../../compute/errors.ts";
import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import { checkChoice } from "../../compute/option-checks.ts";
import { type Backend, isModelSource, type ModelSource } from "../models/model-source.ts";

const backends = ["auto", "webgpu", "wasm"] as const satisfies readonly Backend[];

/** Everything that a caller may give. */
export interface ModelTableProps {
  /** null: a reader drops one. */
  readonly model: ModelSource | null;
  /** What is declared of how pictures are prepared; the rest is the file's own, or assumed and said to be. */
  readonly preprocessing: DeclaredPreprocessing | null;
  /** A name for each of the model's classes. */
  readonly classes: readonly string[] | null;
  /** null: as the model's owner declared. */
  readonly backend: Backend | null;
  /** One picture's, without the batch: where the file leaves it open. */
  readonly shape: readonly number[] | null;
  /** A name under which the open model is there for others on the page; null: nobody asks for it. */
  readonly shares: string | null;
  readonly title: string | null;
  readonly theme: "auto" | "light" | "dark";
  /** A packed table from a saved notebook. */
  readonly saved: Uint8Array<ArrayBuffer> | null;
}

export const modelTableDefaults: ModelTableProps = {
  model: null,
  preprocessing: null,
  classes: null,
  backend: null,
  shape: null,
  shares: null,
  title: null,
  theme: "auto",
  saved: null,
};

const known = new Set(Object.keys(modelTableDefaults));

/**
 * Check what a caller wrote and fill in the defaults.
 *
 * @throws {ComputeError} on an unknown name, on what is no model, and on wrong shapes and values. How pictures are prepared is
 * checked when the model says the rest of it.
 */
export function acceptProps(input: Readonly<Record<string, unknown>>): ModelTableProps {
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `unknown option: "${unknown}".`, `Known are ${[...known].join(", ")}.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const props = { ...modelTableDefaults, ...given } as ModelTableProps;
  const { model, backend, shape, classes } = props;
  if (model !== null && !isModelSource(model))
    throw new ComputeError("input", "model is no model.", "Pass an .onnx, .h5 or .keras file, or leave it out.");
  if (backend !== null) checkChoice("backend", backend, backends);
  if (shape !== null && !(Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size > 0)))
    throw new ComputeError(
      "input",
      `shape is ${JSON.stringify(shape)}.`,
      "Give one picture's shape in whole numbers, such as [224, 224, 3].",
    );
  if (classes !== null && !(Array.isArray(classes) && classes.every((name) => typeof name === "string")))
    throw new ComputeError("input", "classes is no list of names.", "Pass one name a class.");
  return props;
}
