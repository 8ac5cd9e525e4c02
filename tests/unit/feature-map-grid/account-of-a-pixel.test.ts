import { describe, expect, it } from "vitest";
import type { PixelExplanation, PixelTerms } from "../../../src/compute/feature-maps/explain/pixel-explanation.ts";
import { randomAt } from "../../../src/compute/random.ts";
import { figuresThatAddUp } from "../../../src/widgets/feature-map-grid/detail/figures-that-add-up.ts";
import { heatScale } from "../../../src/widgets/feature-map-grid/detail/heat-map.ts";
import { kernelColors } from "../../../src/widgets/feature-map-grid/detail/kernel-colors.ts";
import { pixelContributions } from "../../../src/widgets/feature-map-grid/detail/pixel-contributions.ts";

const read = (text: string) => Number(text.replace("−", "-").replaceAll(",", ""));

/** Numbers from −1 to 1. */
const numbers = (count: number, seed: number) => Array.from({ length: count }, (_, at) => randomAt(seed, at));

describe("written figures", () => {
  it("add up to the written total exactly, each within one in its last digit", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const parts = numbers(1 + (seed % 9), seed).map((part) => part * 10 ** ((seed % 7) - 3));
      const total = parts.reduce((sum, part) => sum + part, 0);
      const written = figuresThatAddUp(parts, total);
      const decimals = written.total.split(".")[1]?.length ?? 0;
      const unit = 10 ** -decimals;
      const sum = written.parts.map(read).reduce((all, part) => all + Math.round(part / unit), 0);
      expect(sum).toBe(Math.round(read(written.total) / unit));
      expect(Math.abs(read(written.total) - total)).toBeLessThanOrEqual(unit / 2 + 1e-12);
      for (const [at, part] of parts.entries())
        expect(Math.abs(read(written.parts[at] ?? "") - part)).toBeLessThan(unit * (1 + 1e-9));
    }
  });

  it("of which a part was added up add up to it as it is written", () => {
    const { parts, split } = figuresThatAddUp([1 / 3, 1 / 3, 1 / 3], 1);
    expect(parts).toEqual(["0.334", "0.333", "0.333"]);
    expect(split(0, [1 / 9, 1 / 9, 1 / 9])).toEqual(["0.112", "0.111", "0.111"]);
    expect(split(1, [1 / 9, 1 / 9, 1 / 9])).toEqual(["0.111", "0.111", "0.111"]);
  });

  it("are not bent where the parts don't make the total", () => {
    expect(figuresThatAddUp([0.1, 0.2], 0.5)).toMatchObject({ parts: ["0.1000", "0.2000"], total: "0.5000" });
  });

  it("have a sign of their own, thousands with commas, and powers where no decimal tells anything", () => {
    expect(figuresThatAddUp([-1234.6, 0.6], -1234).parts).toEqual(["−1,235", "1"]);
    expect(figuresThatAddUp([2e-7], 2e-7)).toMatchObject({ parts: ["2 × 10⁻⁷"], total: "2 × 10⁻⁷" });
    expect(figuresThatAddUp([0.5, -0.5], 0).total).toBe("0.0000");
  });
});

const side = { first: 0, count: 2, step: 1 };

function terms(over: Partial<PixelTerms> = {}): PixelTerms {
  return {
    source: "input",
    firstChannel: 4,
    channels: 3,
    rows: side,
    columns: { ...side, count: 1 },
    values: Float32Array.of(1, 2, 3, 4, 5, 6),
    padded: new Uint8Array(6),
    weights: Float32Array.of(0.5, 0, -1, -1, 0, 0.25),
    ...over,
  };
}

function explanation(all: readonly PixelTerms[], sum: number): PixelExplanation {
  const place = { layer: "conv", type: "Conv", kind: "convolution", channel: 0, row: 0, column: 0 } as const;
  const told = { patch: null, bias: 0, sum, steps: [], sentence: "", complete: true, reason: null, value: sum };
  return { ...place, ...told, terms: all };
}

describe("what a pixel was made from", () => {
  it("is told channel by channel, the strongest first, and the others together", () => {
    const { shown, rest } = pixelContributions(explanation([terms()], -5), 1);
    expect(shown.map(({ source, channel, sum }) => [source, channel, sum])).toEqual([["input", 5, -7]]);
    expect([...(shown[0]?.products ?? [])]).toEqual([-3, -4]);
    expect(rest).toEqual({ count: 2, sum: 2 });
  });

  it("leaves no single channel over", () => {
    const { shown, rest } = pixelContributions(explanation([terms()], -5), 2);
    expect(shown.map(({ channel }) => channel)).toEqual([5, 6, 4]);
    expect(rest).toEqual({ count: 0, sum: 0 });
  });

  it("keeps the sources of a merge apart", () => {
    const one = { channels: 1, rows: { ...side, count: 1 }, weights: Float32Array.of(1), padded: new Uint8Array(1) };
    const merged = [
      terms({ ...one, source: "left", values: Float32Array.of(0.25) }),
      terms({ ...one, source: "right", values: Float32Array.of(-2) }),
    ];
    const { shown } = pixelContributions(explanation(merged, -1.75), 6);
    expect(shown.map(({ source, sum }) => [source, sum])).toEqual([
      ["right", -2],
      ["left", 0.25],
    ]);
  });

  it("is the value that is taken where nothing is weighted", () => {
    const { shown } = pixelContributions(explanation([terms({ channels: 1, weights: null })], 2), 6);
    expect(shown[0]).toMatchObject({ weights: null, sum: 2 });
    expect([...(shown[0]?.products ?? [])]).toEqual([1, 2]);
  });
});

describe("colours of numbers with a sign", () => {
  it("are purple below 0 and orange above", () => {
    const { colors, least, most } = heatScale([Float32Array.of(-1, 2)], true);
    expect([least, most]).toEqual([-2, 2]);
    const [below, above] = [colors.subarray(3 * 32, 3 * 33), colors.subarray(3 * 223, 3 * 224)];
    const isOrange = ([red = 0, , blue = 0]: Uint8Array) => red > 2 * blue;
    expect([isOrange(below), isOrange(above)]).toEqual([false, true]);
    expect((below[2] ?? 0) > (below[0] ?? 0)).toBe(true);
  });
});

describe("kernels over three colours", () => {
  const kernels = {
    out: 2,
    in: 3,
    height: 1,
    width: 2,
    data: Float32Array.from([0, 0, 0, 0, 0, 0, 1, -1, 0.5, 0, 0, 0]),
  };

  it("are drawn about the middle grey, each by its own largest weight", () => {
    expect([...kernelColors(kernels, 1, false)]).toEqual([255, 191, 128, 255, 0, 128, 128, 255]);
    expect([...kernelColors(kernels, 0, false)]).toEqual([128, 128, 128, 255, 128, 128, 128, 255]);
  });

  it("have the colours of a picture whose order is turned", () => {
    expect([...kernelColors(kernels, 1, true)]).toEqual([128, 191, 255, 255, 128, 128, 0, 255]);
  });
});
