import { describe, expect, it } from "vitest";
import { toNpy } from "../../../src/widgets/export/to-npy.ts";
import goldens from "../../reference/npy-goldens.json" with { type: "json" };

describe("an array saved as NPY", () => {
  it.each(goldens.files)("of the shape $shape is byte for byte what NumPy saves", ({ shape, file }) => {
    const count = shape.reduce((product, length) => product * length, 1);
    const written = toNpy(
      Float32Array.from({ length: count }, (_, at) => at / 2),
      shape,
    );
    expect(Buffer.from(written).toString("base64")).toBe(file);
  });

  it("has the numbers of a part of a buffer, not those before it", () => {
    const part = new Float32Array([9, 9, 1, 2]).subarray(2);
    const written = toNpy(part, [2]);
    expect(new Float32Array(written.slice(-8).buffer)).toEqual(Float32Array.of(1, 2));
  });
});
