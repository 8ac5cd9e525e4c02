import { ComputeError } from "../../../../errors.ts";
import type { Shape } from "../graph/wire.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** A shape as Keras writes it, or null. */
export function readShape(value: unknown): Shape | null {
  if (!Array.isArray(value) || value.length < 1 || value.length > 8) return null;
  return value.every((dim) => dim === null || isWhole(dim)) ? value : null;
}

/** The error for an architecture that no Keras writes. */
export function brokenArchitecture(what: string): ComputeError {
  return new ComputeError(
    "input",
    `The file's architecture is broken: ${what}.`,
    "Save the model again, with model.save() of a whole model.",
  );
}
