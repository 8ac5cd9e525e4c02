import { describe, expect, it } from "vitest";
import { turnOnto } from "../../../src/widgets/plane/turn-onto.ts";
import {
  affineOf,
  applyAffine,
  boundsOf,
  fitView,
  mixViews,
  noTurn,
  panView,
  relativeAffine,
  type Turn,
  toBody,
  toMap,
  type View,
  zoomView,
} from "../../../src/widgets/plane/view.ts";

const turn: Turn = [0.6, -0.8, -0.8, -0.6];
const view: View = { centerX: 3, centerY: -2, scale: 17, width: 440, height: 300, turn };

const close = (actual: readonly number[], expected: readonly number[], digits = 9) => {
  for (const [place, value] of expected.entries()) expect(actual[place]).toBeCloseTo(value, digits);
};

describe("a view", () => {
  it("leads from the map to the body and back", () => {
    close(toMap(view, ...toBody(view, 1.25, -7)), [1.25, -7]);
  });

  it("has y upwards and equal scales", () => {
    const straight = { ...view, turn: noTurn };
    close(toBody(straight, 3, -2), [220, 150]);
    close(toBody(straight, 4, -1), [237, 133]);
  });

  it("is drawn the same at any pixel ratio", () => {
    const [x, y] = toBody(view, 1, 2);
    close(applyAffine(affineOf(view, 2.5), 1, 2), [2.5 * x, 2.5 * y]);
  });

  it("that fits has a margin of 3 % at the tighter side and nothing outside", () => {
    const positions = Float32Array.of(0, 0, 10, 1, 4, 5, Number.NaN, 3);
    const fitted = fitView(boundsOf(positions, noTurn), 500, 400, noTurn);
    close(toBody(fitted, 0, 2.5), [15, 200]);
    close(toBody(fitted, 10, 2.5), [485, 200]);
  });

  it("of one place, or none, has a scale that can be drawn with", () => {
    expect(fitView(boundsOf(Float32Array.of(5, 5, 5, 5), noTurn), 400, 300, noTurn)).toMatchObject({
      centerX: 5,
      centerY: 5,
      scale: 150,
    });
    expect(fitView(boundsOf(new Float32Array(0), noTurn), 400, 300, noTurn).scale).toBe(1);
  });

  it("zooms about a place that stays where it is", () => {
    const under = toMap(view, 100, 250);
    close(toMap(zoomView(view, 1.7, 100, 250), 100, 250), under);
  });

  it("follows a drag", () => {
    close(toMap(panView(view, 30, -12), 130, 238), toMap(view, 100, 250));
  });

  it("half way between two has the geometric mean of their scales", () => {
    expect(mixViews(view, { ...view, scale: 68 }, 0.5).scale).toBeCloseTo(34, 9);
  });

  it("moves a picture drawn with another to where it would draw it", () => {
    const other = { ...zoomView(view, 2, 10, 20), turn: noTurn };
    const [x, y] = applyAffine(affineOf(view), 1, 2);
    close(applyAffine(relativeAffine(affineOf(view), affineOf(other)), x, y), applyAffine(affineOf(other), 1, 2));
  });
});

describe("a re-run", () => {
  const positions = Float32Array.from({ length: 200 }, (_, place) => Math.sin(place * place) * (place % 2 ? 3 : 1));
  const turned = ([a, b, c, d]: Turn, shift: number) =>
    positions.map((_, place) => {
      const x = positions[place & ~1] ?? 0;
      const y = positions[place | 1] ?? 0;
      return (place % 2 ? c * x + d * y : a * x + b * y) + shift;
    });

  it.each([
    ["turned", [0.6, -0.8, 0.8, 0.6]],
    ["mirrored", [0.6, 0.8, 0.8, -0.6]],
    ["left alone", [1, 0, 0, 1]],
  ] as const)("that came out otherwise is %s onto the picture before it", (_, expected) => {
    close(turnOnto(positions, turned(expected, 5)), expected, 6);
  });

  it("follows the picture as it was on show, not as it was computed", () => {
    close(turnOnto(positions, positions, turn), turn);
  });

  it("without extent is left alone", () => {
    expect(turnOnto(new Float32Array(6), positions)).toEqual(noTurn);
  });
});
