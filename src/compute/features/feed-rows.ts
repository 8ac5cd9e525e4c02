import { type ModelInput, numbersOf } from "../model/engine/model-inputs.ts";
import type { Feed } from "../model/engine/tensor-values.ts";
import type { FeaturePlan } from "./feature-plan.ts";

/**
 * What a session is asked with.
 *
 * @param numbers - `rows` rows: a picture, and behind it what the plan's other inputs take. A graph that takes more at a
 * time gets zeros for the rest.
 */
export function feedRows(
  { input, others, idle }: Pick<FeaturePlan, "input" | "others" | "idle">,
  numbers: Float32Array<ArrayBuffer>,
  rows: number,
): readonly Feed[] {
  const fed = input.batch ?? rows;
  const carried = [input, ...others];
  const width = carried.reduce((sum, each) => sum + numbersOf(each), 0);
  let start = 0;
  const feeds = carried.map((each) => {
    const size = numbersOf(each);
    const isAll = size === width && fed === rows;
    const values = isAll ? numbers : columns(numbers, rows, width, start, size, fed);
    start += size;
    return feed(each, fed, values);
  });
  return [...feeds, ...idle.map((each) => feed(each, fed, new Float32Array((each.batch ?? fed) * numbersOf(each))))];
}

function feed({ name, type, dims, batch }: ModelInput, fed: number, values: Float32Array<ArrayBuffer>): Feed {
  return { name, type, dims: [batch ?? fed, ...dims], values };
}

function columns(
  numbers: Float32Array<ArrayBuffer>,
  rows: number,
  width: number,
  start: number,
  size: number,
  fed: number,
): Float32Array<ArrayBuffer> {
  const found = new Float32Array(fed * size);
  for (let row = 0; row < rows; row++) {
    const from = row * width + start;
    found.set(numbers.subarray(from, from + size), row * size);
  }
  return found;
}
