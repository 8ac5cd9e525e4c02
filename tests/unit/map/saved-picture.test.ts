import { describe, expect, it } from "vitest";
import { packPicture, unpackPicture } from "../../../src/widgets/map/saved-picture.ts";

const picture = {
  rows: 3,
  dims: 2 as const,
  positions: new Float32Array([0, -5, 10, 5, 4, 0]),
  classes: ["a", "<b>"],
  codes: new Uint8Array([0, 1, 255]),
  caption: "UMAP of 3 rows.",
};

describe("a saved picture", () => {
  it("comes back as it was put in, coordinates to a 65,535th of their range", () => {
    const back = unpackPicture(packPicture(picture));
    expect(back).toMatchObject({ rows: 3, dims: 2, classes: ["a", "<b>"], caption: "UMAP of 3 rows." });
    expect(back?.codes).toEqual(picture.codes);
    picture.positions.forEach((value, i) => {
      expect(Math.abs((back?.positions[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(10 / 65535);
    });
  });

  it("takes two bytes a coordinate and one a class beside its header", () => {
    const packed = packPicture(picture);
    const header = new DataView(packed.buffer).getUint32(0, true);
    expect(packed.byteLength).toBe(4 + header + 3 * 2 * 2 + 3);
  });

  it("keeps an axis on which all rows are equal", () => {
    const flat = { ...picture, positions: new Float32Array([7, 1, 7, 2, 7, 3]) };
    expect(unpackPicture(packPicture(flat))?.positions[4]).toBe(7);
  });

  it("is refused, not misread, when bytes are missing or are something else", () => {
    const packed = packPicture(picture);
    expect(unpackPicture(packed.slice(0, packed.length - 1))).toBeNull();
    expect(unpackPicture(packed.slice(0, 3))).toBeNull();
    expect(unpackPicture(new Uint8Array([4, 0, 0, 0, 1, 2, 3, 4]))).toBeNull();
  });
});
