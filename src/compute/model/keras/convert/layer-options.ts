import { ComputeError } from "../../../errors.ts";

/** A layer's class and name as errors say them: `layer "conv1" (Conv2D)`. */
export function describeLayer(className: string, name: string): string {
  return `Layer "${name}" (${className})`;
}

/** Reads a layer's configuration; what is missing takes Keras' default, what is of a wrong kind is refused. */
export class LayerOptions {
  constructor(
    /** As `describeLayer` has it. */
    readonly layer: string,
    readonly config: Readonly<Record<string, unknown>>,
  ) {}

  has(name: string): boolean {
    return this.config[name] !== undefined && this.config[name] !== null;
  }

  number(name: string, otherwise?: number): number {
    const value = this.has(name) ? this.config[name] : otherwise;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw this.#wrong(name, "a number");
  }

  /** A number, or null where the configuration has none. */
  numberOrNull(name: string): number | null {
    return this.has(name) ? this.number(name) : null;
  }

  /** A whole number from 1. */
  count(name: string, otherwise?: number): number {
    const value = this.number(name, otherwise);
    if (Number.isSafeInteger(value) && value >= 1) return value;
    throw this.#wrong(name, "a whole number from 1");
  }

  integer(name: string, otherwise?: number): number {
    const value = this.number(name, otherwise);
    if (Number.isSafeInteger(value)) return value;
    throw this.#wrong(name, "a whole number");
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.has(name) ? this.config[name] : otherwise;
    if (typeof value === "boolean") return value;
    throw this.#wrong(name, "true or false");
  }

  /** One of the given words, in lower case. */
  word<Word extends string>(name: string, words: readonly Word[], otherwise?: Word): Word {
    const value = this.has(name) ? this.config[name] : otherwise;
    const found = words.find((word) => typeof value === "string" && word === value.toLowerCase());
    if (found !== undefined) return found;
    throw this.#wrong(name, words.join(" or "));
  }

  /** `length` whole numbers from 1, or one for all of them. */
  counts(name: string, length: number, otherwise?: number): number[] {
    const values = this.integers(name, otherwise === undefined ? undefined : [otherwise]);
    const all = values.length === 1 ? Array<number>(length).fill(values[0] ?? 0) : values;
    if (all.length === length && all.every((value) => value >= 1)) return all;
    throw this.#wrong(name, `${length} whole number${length === 1 ? "" : "s"} from 1`);
  }

  /** Whole numbers, or a single one. */
  integers(name: string, otherwise?: readonly number[]): number[] {
    const value = this.has(name) ? this.config[name] : otherwise;
    const values = Array.isArray(value) ? value : [value];
    if (values.every((one): one is number => Number.isSafeInteger(one))) return [...values];
    throw this.#wrong(name, "whole numbers");
  }

  /** Two whole numbers from 0 for each of `length` sides, from every way in which Keras writes them. */
  pairs(name: string, length: number, otherwise?: number): [number, number][] {
    const value: unknown = this.has(name) ? this.config[name] : otherwise;
    // Of one side alone, (before, after); of several, an amount or a pair each.
    const sides: unknown[] = !Array.isArray(value)
      ? Array(length).fill(value)
      : length === 1 && typeof value[0] === "number"
        ? [value.length === 1 ? value[0] : value]
        : value;
    const pairs = sides.map((side): [unknown, unknown] =>
      Array.isArray(side) && side.length === 2 ? [side[0], side[1]] : [side, side],
    );
    const amounts = pairs.flat();
    if (pairs.length === length && amounts.every((amount) => Number.isSafeInteger(amount) && Number(amount) >= 0))
      return pairs.map(([before, after]) => [Number(before), Number(after)]);
    throw this.#wrong(name, `whole numbers from 0 for ${length} side${length === 1 ? "" : "s"}`);
  }

  /** Numbers at any depth, flat, with the dimensions that their nesting says. */
  numbers(name: string): { values: number[]; dims: number[] } {
    const dims: number[] = [];
    const values: number[] = [];
    const visit = (value: unknown, depth: number): void => {
      if (Array.isArray(value)) {
        dims[depth] ??= value.length;
        if (dims[depth] !== value.length || depth > 8) throw this.#wrong(name, "an array of numbers");
        for (const one of value) visit(one, depth + 1);
      } else if (typeof value === "number") values.push(value);
      else throw this.#wrong(name, "an array of numbers");
    };
    visit(this.#unpacked(this.config[name]), 0);
    if (dims.reduce((product, dim) => product * dim, 1) !== values.length)
      throw this.#wrong(name, "an array of numbers");
    return { values, dims };
  }

  /** Whether pictures have their channels last, which is Keras' default. */
  channelsLast(): boolean {
    return this.word("data_format", ["channels_last", "channels_first"], "channels_last") === "channels_last";
  }

  /** Keras 3 wraps NumPy arrays and tensors: `{ class_name: "__numpy__", config: { value } }`. */
  #unpacked(value: unknown): unknown {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    const { config } = value as { config?: { value?: unknown } };
    return config?.value;
  }

  #wrong(name: string, expected: string): ComputeError {
    const written = JSON.stringify(this.config[name]) ?? "nothing";
    return new ComputeError(
      "input",
      `${this.layer} needs ${expected} for its option "${name}", but the file has ${written.slice(0, 60)}.`,
      "Save the model again with the Keras that made it.",
    );
  }
}
