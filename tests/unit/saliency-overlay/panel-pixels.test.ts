import { describe, expect, it } from "vitest";
import { colormapTable } from "../../../src/compute/saliency/drawing/colormap-tables.ts";
import { slideflowOverlay } from "../../../src/compute/saliency/drawing/overlay-pixels.ts";
import { contourLines } from "../../../src/widgets/saliency-overlay/plot/contour-lines.ts";
import { type PanelLook, panelPixels } from "../../../src/widgets/saliency-overlay/plot/panel-pixels.ts";
import { saliencyOverlayDefaults } from "../../../src/widgets/saliency-overlay/props.ts";
import { shownMap } from "../../support/shown-saliency.ts";

const picture = {
  height: 2,
  width: 2,
  data: Uint8ClampedArray.of(10, 20, 30, 255, 200, 100, 50, 255, 0, 0, 0, 255, 255, 255, 255, 255),
};
const map = shownMap({ height: 2, width: 2, values: [0, 1, 0.5, 0.25] });
const given = { method: null } as const;
const look = (over: Partial<PanelLook> = {}): PanelLook => ({ ...saliencyOverlayDefaults, ...over });
const placesOf = (pixels: Uint8ClampedArray) =>
  [0, 1, 2, 3].map((place) => [...pixels.subarray(place * 4, place * 4 + 4)]);

describe("a map over its picture", () => {
  it("is the picture's grey and the colour by 0.85 times the value", () => {
    const colors = colormapTable("inferno");
    const grey = [0.2126 * 10 + 0.7152 * 20 + 0.0722 * 30, 0.2126 * 200 + 0.7152 * 100 + 0.0722 * 50, 0, 255];
    const steps = [0, 255, 128, 64];
    const wanted = [0, 1, 0.5, 0.25].map((value, place) => [
      ...[0, 1, 2].map((channel) => {
        const under = grey[place] ?? 0;
        return Math.round(under + 0.85 * value * ((colors[(steps[place] ?? 0) * 3 + channel] ?? 0) - under));
      }),
      255,
    ]);
    expect(placesOf(panelPixels(picture, map, given, look()))).toEqual(wanted);
  });

  it("is Slideflow's where so asked, whatever the colours chosen", () => {
    const pixels = panelPixels(picture, map, given, look({ blend: "slideflow", colormap: "signed" }));
    expect(pixels).toEqual(slideflowOverlay(picture.data, Float32Array.of(0, 1, 0.5, 0.25)));
  });

  it("is of the most salient places only: elsewhere the picture is seen", () => {
    const [first, second, third, last] = placesOf(panelPixels(picture, map, given, look({ top: 25 })));
    expect([first, third, last]).toEqual([
      [19, 19, 19, 255],
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ]);
    expect(second).toEqual(placesOf(panelPixels(picture, map, given, look()))[1]);
    const slideflow = placesOf(panelPixels(picture, map, given, look({ blend: "slideflow", top: 25 })));
    expect(slideflow[0]).toEqual([10, 20, 30, 255]);
    expect(slideflow[1]).not.toEqual([200, 100, 50, 255]);
  });

  it("stands alone in its colours, through which nothing is seen, and is nothing where it is left out", () => {
    const colors = colormapTable("viridis");
    const pixels = placesOf(panelPixels(picture, map, given, look({ under: "nothing", colormap: "viridis", top: 50 })));
    expect(pixels[1]).toEqual([...colors.subarray(765), 255]);
    expect(pixels.map(([, , , opacity]) => opacity)).toEqual([0, 255, 255, 0]);
  });

  it("alone has the colours chosen, whatever the blend over a picture", () => {
    const alone = look({ under: "nothing", blend: "slideflow", colormap: "viridis" });
    expect(panelPixels(picture, map, given, alone)).toEqual(
      panelPixels(picture, map, given, { ...alone, blend: "layerscope" }),
    );
  });

  it("with signs is most where it is farthest from zero, on either side", () => {
    const signed = shownMap({ height: 2, width: 2, values: [0.5, 0.05, 0.6, 0.9] });
    const pixels = placesOf(
      panelPixels(picture, signed, given, look({ under: "nothing", colormap: "signed", top: 50 })),
    );
    expect(pixels.map(([, , , opacity]) => opacity)).toEqual([0, 255, 0, 255]);
  });

  it("has the picture's size where the map is coarser", () => {
    const coarse = shownMap({ height: 1, width: 1, values: [1] });
    const pixels = placesOf(panelPixels(picture, coarse, given, look({ under: "nothing" })));
    expect(pixels).toEqual([0, 1, 2, 3].map(() => [252, 254, 164, 255]));
  });
});

describe("lines around what is salient", () => {
  const size = { height: 5, width: 5 };
  const peak = Float32Array.from({ length: 25 }, (_, at) => (at === 12 ? 1 : 0));

  it("stand where the value crosses a quarter, a half and three quarters", () => {
    const lines = contourLines(peak, size);
    expect(lines.map(({ level }) => level)).toEqual([0.25, 0.5, 0.75]);
    for (const { level, points } of lines) {
      const across = points.filter((_, at) => at % 2 === 0);
      // From the middle of its place the value falls to nothing at the next one's.
      expect(Math.max(...across)).toBeCloseTo(2.5 + (1 - level));
      expect(Math.min(...across)).toBeCloseTo(2.5 - (1 - level));
    }
  });

  it("go around both what is for and what is against", () => {
    const values = new Float32Array(25).fill(0.5);
    values.set([0], 6);
    values.set([1], 18);
    expect(contourLines(values, size, true)).toHaveLength(6);
  });

  it("leave out specks", () => {
    const values = new Float32Array(10_000);
    values[5050] = 1;
    expect(contourLines(values, { height: 100, width: 100 })).toEqual([]);
  });
});
