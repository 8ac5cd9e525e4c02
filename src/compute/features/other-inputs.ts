import { ComputeError } from "../errors.ts";
import { type ModelInput, numbersOf } from "../model/engine/model-inputs.ts";
import type { FeaturePlan } from "./feature-plan.ts";
import type { PictureBatches } from "./picture-batches.ts";

/** What a model takes beside its pictures, by the input's name: numbers for each picture, one row after the other, or one row for all. */
export type OtherInputs = Readonly<Record<string, Float32Array<ArrayBuffer>>>;

/**
 * Pictures, each with the numbers behind it that the plan's other inputs take, in their order.
 *
 * @throws ComputeError "input" for numbers that are missing or not as many as there should be, and for names of no input.
 */
export function withOtherInputs(pictures: PictureBatches, plan: FeaturePlan, given: OtherInputs): PictureBatches {
  throwIfUnknown(plan, Object.keys(given));
  if (plan.others.length === 0) return pictures;
  const others = plan.others.map((input) => columnOf(input, plan, given, pictures.count));
  const own = numbersOf(plan.input);
  const width = others.reduce((sum, { size }) => sum + size, own);
  return {
    count: pictures.count,
    of: pictures.of,
    async read(start, count) {
      const read = await pictures.read(start, count);
      const rows = new Float32Array(count * width);
      for (let row = 0; row < count; row++) {
        let at = row * width;
        rows.set(read.subarray(row * own, (row + 1) * own), at);
        at += own;
        for (const { size, step, numbers } of others) {
          const from = (start + row) * step;
          rows.set(numbers.subarray(from, from + size), at);
          at += size;
        }
      }
      return rows;
    },
  };
}

interface Column {
  readonly size: number;
  /** Numbers from one picture's to the next one's; 0: they are the same for all. */
  readonly step: number;
  readonly numbers: Float32Array<ArrayBuffer>;
}

function columnOf(input: ModelInput, plan: FeaturePlan, given: OtherInputs, pictures: number): Column {
  const { name, batch } = input;
  const size = numbersOf(input);
  const numbers = given[name];
  if (batch !== null && batch !== plan.input.batch)
    throw new ComputeError(
      "input",
      `${plan.name} takes "${name}" ${batch} at a time, and ${plan.input.batch ?? "any number of"} pictures.`,
      "Export it with the same batch for all of its inputs.",
    );
  if (!numbers)
    throw new ComputeError(
      "input",
      `What was asked for stands on "${name}" too, which ${plan.name} takes beside each picture (${size} numbers).`,
      "Ask for a layer before it comes in, or export the part of the model that takes pictures alone.",
    );
  if (numbers.length === size * pictures) return { size, step: size, numbers };
  if (numbers.length === size) return { size, step: 0, numbers };
  throw new ComputeError(
    "input",
    `"${name}" has ${numbers.length} numbers, not ${size} for each of ${pictures} pictures.`,
    `Give ${size * pictures}, or ${size} for all of them.`,
  );
}

function throwIfUnknown({ name, others, idle }: FeaturePlan, given: readonly string[]): void {
  const known = [...others, ...idle].map((input) => input.name);
  const unknown = given.find((each) => !known.includes(each));
  if (unknown === undefined) return;
  throw new ComputeError(
    "input",
    `${name} has no input "${unknown}" beside its pictures.`,
    known.length > 0 ? `It has ${known.map((each) => `"${each}"`).join(", ")}.` : "It takes pictures alone.",
  );
}
