import { describe, expect, it } from "vitest";
import { LayoutPictures } from "../../../src/compute/umap/layout/layout-pictures.ts";
import { isDrawnThere, LayoutViewer } from "../../../src/widgets/plane/marks/layout-viewer.ts";
import type { Frame, Scene } from "../../../src/widgets/plane/marks/scene.ts";

const scene: Scene = {
  positions: new Float32Array(20),
  codes: new Uint8Array(10),
  palette: new Uint8Array(768),
  missing: 255,
  mask: null,
};
const frame: Frame = { affine: [2, 0, 0, -2, 5, 6], width: 30, height: 20, diameter: 8 };
const asked = { scheme: "dark", notSelected: [9, 9, 9], dense: 12, measures: true } as const;

function ask(viewer: LayoutViewer, drawn: Scene) {
  void viewer.ask(drawn, frame, asked);
  return viewer.line.takeAsks()[0];
}

describe("a view of a layout that is drawn where it settles", () => {
  it("asks for what the painters here would draw", () => {
    const first = ask(new LayoutViewer(new LayoutPictures()), scene);
    expect(first?.picture).toEqual({
      ...frame,
      ring: 0.22 * 8,
      floor: 0.7,
      grey: [9, 9, 9],
      dense: 12,
      measures: true,
    });
    expect(first?.styles).toEqual({ rows: 10, codes: scene.codes, palette: scene.palette, missing: 255, mask: null });
    const byDensity = ask(new LayoutViewer(new LayoutPictures()), { ...scene, codes: null });
    expect(byDensity?.styles).toMatchObject({ codes: null, missing: -1 });
  });

  it("tells how rows look once, and again when that changes; other positions are no change", () => {
    const viewer = new LayoutViewer(new LayoutPictures());
    expect(ask(viewer, scene)?.styles).toBeDefined();
    const moved = { ...scene, positions: new Float32Array(20) };
    expect(ask(viewer, moved)?.styles).toBeUndefined();
    const changes: Partial<Scene>[] = [
      { mask: new Uint8Array(2) },
      { codes: new Uint8Array(10) },
      { palette: new Uint8Array(768) },
      { codes: null },
      { positions: new Float32Array(22) },
    ];
    let now = moved;
    for (const change of changes) {
      now = { ...now, ...change };
      expect(ask(viewer, now)?.styles).toBeDefined();
      expect(ask(viewer, { ...now })?.styles).toBeUndefined();
    }
  });

  it("is one of discs, in a picture that one binding holds", () => {
    expect(isDrawnThere(scene, frame)).toBe(true);
    expect(isDrawnThere({ ...scene, marks: { shapes: [], ink: "", grey: "", page: "" } }, frame)).toBe(false);
    expect(isDrawnThere(scene, { ...frame, width: 4096, height: 2048 })).toBe(true);
    expect(isDrawnThere(scene, { ...frame, width: 4096, height: 2049 })).toBe(false);
  });
});
