import { ComputeError } from "../../errors.ts";
import { patchOf, type ReceptiveField } from "../receptive-field.ts";
import { type Account, accountFor } from "./account.ts";
import type { Change } from "./changes/change.ts";
import { figureText } from "./changes/formula.ts";
import type { LayerRun } from "./layer/layer-run.ts";
import type { TensorSpot } from "./layer/pass-through.ts";
import type { PixelAsked, PixelExplanation, PixelStep } from "./pixel-explanation.ts";
import type { MainStep } from "./terms/main-step.ts";

/** Single precision adds some thousands of numbers up to 1e-5 of their size or better; half precision far worse. */
const CLOSE = 1e-4;
const CLOSE_IN_HALVES = 1e-2;
const CLOSE_IN_A_STEP = 1e-2;

/**
 * How one number of a feature map came about.
 *
 * @param field - What of the picture each place of the layer saw; null: all of it.
 * @param sides - The picture's height and width.
 * @throws ComputeError "input" for a place that the map doesn't have.
 */
export function explainPixel(
  run: LayerRun,
  { channel, row, column }: Pick<PixelAsked, "channel" | "row" | "column">,
  field: ReceptiveField | null,
  sides: { readonly height: number; readonly width: number },
): PixelExplanation {
  const { layer } = run.graph.found;
  const spot = spotOf(run, channel, row, column);
  const value = run.values(spot.tensor).at(spot.index);
  const account = accountFor(run, spot);
  const place = { layer: layer.name, type: layer.type, channel, row, column, value };
  const told = { ...place, patch: field && patchOf(field, row, column, sides) };
  const where = `Channel ${channel} of ${layer.name} at row ${row}, column ${column}`;
  const reason = reasonAgainst(account, value, layer.dtype === "float16" ? CLOSE_IN_HALVES : CLOSE);
  if (!account.main || reason !== null) {
    const sentence = `${where} is ${figureText(value)}. ${reason}`;
    const nothing = { terms: [], bias: null, sum: null, steps: [], complete: false };
    return { ...told, kind: "other", ...nothing, sentence, reason };
  }
  const { main, changes } = account;
  const { kind, terms, bias, sum } = main;
  const steps = stepsOf(sum, changes);
  const sentence = `${where}: ${sentenceOf(main, steps)}`;
  return { ...told, kind, terms, bias, sum, steps, sentence, complete: true, reason: null };
}

function spotOf(run: LayerRun, channel: number, row: number, column: number): TensorSpot {
  const { found, tensor } = run.graph;
  const { channels, height, width, skipped, channelStep, placeStep } = run.layoutOf(tensor);
  const isIn = (at: number, count: number) => Number.isInteger(at) && at >= 0 && at < count;
  if (!isIn(channel, channels) || !isIn(row, height) || !isIn(column, width))
    throw new ComputeError(
      "input",
      `There is no row ${row}, column ${column} of channel ${channel}: ${found.layer.name} has ${channels} channels of ${height} × ${width}.`,
    );
  return { tensor, index: channel * channelStep + (skipped + row * width + column) * placeStep };
}

function stepsOf(sum: number, changes: readonly Change[]): PixelStep[] {
  let before = sum;
  return changes.map(({ operation, apply }) => {
    const { value: after, formula } = apply(before);
    const step = { operation, formula: formula.text, before, after };
    before = after;
    return step;
  });
}

/** Why the account is not given, a sentence; null where it is right. */
function reasonAgainst(account: Account, value: number, close: number): string | null {
  if (!account.main) return `What ${account.opType} does is not taken apart here.`;
  const { main, changes } = account;
  const made = lastOf(main.sum, changes);
  if (Object.is(made, value) || Math.abs(made - value) <= roundingOf(main, changes, close)) return null;
  return `Taken apart it would be ${figureText(made)}, so that its parts are not shown.`;
}

/** How far rounding may take the engine's number away: that of the sum, as the steps pass it on, and their own. */
function roundingOf({ terms, bias, sum }: MainStep, changes: readonly Change[], close: number): number {
  let size = Math.abs(sum) + Math.abs(bias ?? 0);
  for (const { values, weights } of terms)
    for (let index = 0; weights && index < values.length; index++)
      size += Math.abs((values[index] ?? 0) * (weights[index] ?? 0));
  const off = close * size;
  const made = lastOf(sum, changes);
  const passedOn = [sum - off, sum + off].map((start) => Math.abs(lastOf(start, changes) - made));
  const numbers = stepsOf(sum, changes).flatMap(({ before, after }) => [Math.abs(before), Math.abs(after)]);
  // Within a step the engine rounds a few times more, of numbers that are as large as what goes in.
  return Math.max(...passedOn) + close * Math.abs(made) + CLOSE_IN_A_STEP * close * Math.max(0, ...numbers);
}

function lastOf(sum: number, changes: readonly Change[]): number {
  return stepsOf(sum, changes).at(-1)?.after ?? sum;
}

/** "27 values times their weights and the bias add up to −0.31; ReLU, max(0, x), makes it 0." */
function sentenceOf({ words, sum }: MainStep, steps: readonly PixelStep[]): string {
  const done = steps.map(
    ({ operation, formula, after }, place) =>
      `${operation}${formula.includes("x") ? `, ${formula},` : ""} ${place === 0 ? "makes it" : "then"} ${figureText(after)}`,
  );
  return `${[`${words} ${figureText(sum)}`, ...done].join("; ")}.`;
}
