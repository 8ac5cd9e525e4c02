import { describe, expect, it } from "vitest";
import { rgbOfYuv, type YuvPlanes } from "../../../../src/compute/images/decode/rgb-of-yuv.ts";
import { YuvConverter } from "../../../../src/compute/images/decode/yuv-converter.ts";
import { uniform } from "../random.ts";

const random = uniform(11);
const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));

/** Planes of noise, their rows wider than the picture by `beside`. */
function noise(width: number, height: number, isHalved: boolean, beside: number): YuvPlanes {
  const half = (side: number) => (isHalved ? (side + 1) >> 1 : side);
  const planes: { offset: number; stride: number }[] = [];
  let end = 0;
  for (const [across, down] of [
    [width, height],
    [half(width), half(height)],
    [half(width), half(height)],
  ] as const) {
    planes.push({ offset: end, stride: across + beside });
    end += (across + beside) * down;
  }
  // The ends of the scale are where a colour is cut.
  const value = () => [0, 255, whole(0, 255)][whole(0, 2)] ?? 0;
  return { stored: Uint8Array.from({ length: end }, value), planes, width, height, isHalved };
}

describe("colours of a JPEG in WebAssembly", () => {
  it("are those of JavaScript, bit for bit, whatever the size", async () => {
    const converter = await YuvConverter.create();
    for (let round = 0; round < 400; round++) {
      const planes = noise(whole(1, 90), whole(1, 70), round % 3 > 0, round % 4 === 0 ? whole(1, 20) : 0);
      const [here, there] = [rgbOfYuv(planes), converter.convert(planes)];
      const same = here && there ? Buffer.from(here.pixels).equals(there.pixels) : here === there;
      const { width, height, isHalved } = planes;
      expect({ width, height, isHalved, same }).toEqual({ width, height, isHalved, same: true });
    }
  });

  it("are right for every pair of colours at every brightness that is cut", async () => {
    const converter = await YuvConverter.create();
    for (const bright of [0, 1, 127, 128, 254, 255]) {
      const stored = new Uint8Array(3 * 65536).fill(bright, 0, 65536);
      for (let pair = 0; pair < 65536; pair++) {
        stored[65536 + pair] = pair >> 8;
        stored[131072 + pair] = pair & 255;
      }
      const planes = [0, 65536, 131072].map((offset) => ({ offset, stride: 256 }));
      const picture = { stored, planes, width: 256, height: 256, isHalved: false };
      const [here, there] = [rgbOfYuv(picture), converter.convert(picture)];
      expect(Buffer.from(there?.pixels ?? []).equals(Buffer.from(here?.pixels ?? []))).toBe(true);
    }
  });
});
