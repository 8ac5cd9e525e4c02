import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import type { RawPixels } from "../../../../src/compute/images/raw-pixels.ts";
import type { ResizeFilter } from "../../../../src/compute/images/resize/resize-filters.ts";
import { resizePicture } from "../../../../src/compute/images/resize/resize-picture.ts";
import goldens from "../../../reference/models/resize-goldens.json" with { type: "json" };

/** As tests/reference/models/make-resize-goldens.py makes it. */
function picture(width: number, height: number, channels: number): RawPixels {
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, place) => {
    if (Math.floor(place / 17) % 3 === 0) return 255;
    return Math.imul(place, 2654435761 | 0) >>> 24;
  });
  return { pixels, width, height, channels };
}

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

describe.each(["nearest", "bilinear", "bicubic", "lanczos"] as const)("resized by %s", (filter: ResizeFilter) => {
  it("every picture has Pillow's bytes", () => {
    const cases = goldens.cases.filter((one) => one.filter === filter);
    expect(cases.length).toBe(200);
    const others = cases.filter(({ from: [w = 0, h = 0, channels = 0], to: [width = 0, height = 0], sha256 }) => {
      const resized = resizePicture(picture(w, h, channels), { width, height }, filter);
      return hashOf(resized.pixels) !== sha256;
    });
    expect(others).toEqual([]);
  });
});

it("a picture of that size already is not copied", () => {
  const same = picture(5, 4, 3);
  expect(resizePicture(same, { width: 5, height: 4 }, "bicubic")).toBe(same);
});

it("a size that no picture has is refused in a sentence", () => {
  const ask = () => resizePicture(picture(5, 4, 3), { width: 0, height: 4 }, "bilinear");
  expect(ask).toThrow(ComputeError);
  expect(ask).toThrow("A picture cannot have 0 × 4 pixels. Give whole numbers from 1 to 65,535.");
});
