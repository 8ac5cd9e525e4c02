import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

interface Verdict {
  readonly right: boolean | null;
  readonly sentence: string;
}
type Check = (...given: readonly unknown[]) => Verdict;

const SIDE = 150;
/** Three numbers a pixel, and four bytes, as a canvas has them. */
const pixels = Uint8ClampedArray.from({ length: SIDE * SIDE * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) % 251));
const tensor = Float32Array.from(pixels.filter((_, at) => at % 4 < 3)).map((value) => value / 255);
const kernel = cube((y, x, colour, channel) => Math.sin(1 + y + 3 * x + 9 * colour + 27 * channel));
const bias = Array.from({ length: 32 }, (_, channel) => Math.cos(channel));
/** Three channels of four places each, the second of which is the strongest. */
const maps = Float32Array.from([1, 0, 1, 0, 9, 8, 9, 8, 2, 2, 2, 2]);

function cube(value: (y: number, x: number, colour: number, channel: number) => number): readonly unknown[] {
  const of = (length: number, make: (at: number) => unknown) => Array.from({ length }, (_, at) => make(at));
  return of(3, (y) => of(3, (x) => of(3, (colour) => of(32, (channel) => value(y, x, colour, channel)))));
}

function total(row: number, column: number, channel: number): number {
  let sum = bias[channel] ?? 0;
  for (let y = 0; y < 3; y++)
    for (let x = 0; x < 3; x++)
      for (let colour = 0; colour < 3; colour++)
        sum +=
          (tensor[3 * (SIDE * (row + y) + column + x) + colour] ?? 0) *
          Math.sin(1 + y + 3 * x + 9 * colour + 27 * channel);
  return sum;
}
const active = (row: number, column: number, channel: number) => Math.max(total(row, column, channel), 0);

/** @param constant The deviation that stands for that of a channel which has none. */
function scores(channel: Float32Array, constant = 1): number[] {
  const mean = channel.reduce((sum, value) => sum + value, 0) / channel.length;
  const variance = channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channel.length;
  return Array.from(channel, (value) => ((value - mean) / (Math.sqrt(variance) || constant)) * 64 + 128);
}

describe("a check of the lab's, in a page", () => {
  let checks: Readonly<Record<string, Check>>;
  const ask = (name: string, ...given: readonly unknown[]) => checks[name]?.(...given).sentence;

  beforeAll(async () => {
    checks = await import(pathToFileURL("notebooks/observable/labs/checks.js").href);
  });

  it.each([
    ["checkModel", ["lab-network.h5"], "Pass it to Model.load(…)"],
    ["checkModel", [{ name: "other.onnx" }], "no model of lab-network.h5, but other.onnx"],
    ["checkParameters", ["18496"], "A number is wanted; this is a text"],
    ["checkParameters", [18_432], "has one more number: its bias"],
    ["checkParameters", [289], "So many has one filter"],
    ["checkConvolution", [(side: number) => side], "can't begin at the last two pixels"],
    ["checkPooling", [(side: number) => side / 2], "it makes 7.5. There is no half place"],
    ["checkPictures", [[32]], "An object is wanted; this is a list"],
    ["checkPictures", [{ conv2d_1: 148 }], "max_pooling2d_1 is not among them"],
    ["checkTensor", [pixels, pixels], "Its numbers are bytes"],
    ["checkTensor", [Float32Array.from(pixels), pixels], "Four numbers for a pixel"],
    ["checkTensor", [tensor.map((value) => value * 255), pixels], "trained on values from 0 to 1"],
    ["checkTensor", [tensor.map((_, at) => tensor[at + 2 - 2 * (at % 3)] ?? 0), pixels], "Red and blue"],
    ["checkTensor", [tensor.slice().reverse(), pixels], "the numbers are others"],
    ["checkChannel", [2, maps, 3], "counted from 0"],
    ["checkChannel", [0, maps, 3], "The mean of channel 0 is 0.5; another one"],
    ["checkChannel", [3, maps, 3], "There is no channel 3: they go from 0 to 2"],
    ["checkPixel", [total, tensor, { kernel, bias }], "makes 0 of what is below 0"],
    [
      "checkPixel",
      [(...at: [number, number, number]) => Math.max(total(...at) - (bias[at[2]] ?? 0), 0), tensor, { kernel, bias }],
      "Add the filter's bias",
    ],
    [
      "checkPixel",
      [(y: number, x: number, channel: number) => active(y - 1, x - 1, channel), tensor, { kernel, bias }],
      "yours has them in its middle",
    ],
    ["checkPixel", [() => 0, tensor, { kernel, bias }], "0, but it is more"],
    [
      "checkStretch",
      [(channel: Float32Array) => Uint8ClampedArray.from(scores(channel, 0), Math.floor)],
      "Don't divide by it",
    ],
    ["checkStretch", [(channel: Float32Array) => scores(channel)], "The pictures' numbers are no bytes"],
    ["checkStretch", [(channel: Float32Array) => Uint8Array.from(scores(channel))], "come round to black"],
    ["checkPdf", [new TextEncoder().encode("<svg>")], "This is no PDF"],
    ["checkPdf", [new TextEncoder().encode("%PDF-1.7 /Subtype /Image")], "It has 1 of 704 pictures"],
  ])("%s says what is wrong", (name, given, words) => {
    expect(ask(name, ...given)).toMatch(/^✗ Not yet\. /);
    expect(ask(name, ...given)).toContain(words);
  });

  it.each([
    ["checkParameters", [18_496]],
    ["checkTensor", [tensor, pixels]],
    ["checkChannel", [1, maps, 3]],
    ["checkPixel", [active, tensor, { kernel, bias }]],
    ["checkStretch", [(channel: Float32Array) => Uint8ClampedArray.from(scores(channel), Math.floor)]],
  ])("%s takes what is right", (name, given) => {
    expect(ask(name, ...given)).toMatch(/^✓ Right\. /);
  });

  it.each(["checkModel", "checkParameters", "checkPictures", "checkTensor", "checkPdf"])(
    "%s tells a task that was left out",
    (name) => {
      expect(ask(name, undefined)).toMatch(/^Not answered yet\. /);
    },
  );
});
