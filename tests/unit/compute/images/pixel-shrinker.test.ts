import { describe, expect, it } from "vitest";
import { PixelShrinker } from "../../../../src/compute/images/pixel-shrinker.ts";
import type { RawPixels } from "../../../../src/compute/images/raw-pixels.ts";
import { shrinkPixels } from "../../../../src/compute/images/shrink-pixels.ts";
import { uniform } from "../random.ts";

const random = uniform(7);
const noise = (width: number, height: number, channels: number, isOpaque = true): RawPixels => ({
  pixels: Uint8Array.from({ length: width * height * channels }, (_, i) =>
    isOpaque && channels === 4 && i % 4 === 3 ? 255 : Math.floor(random() * 256),
  ),
  width,
  height,
  channels,
});
const whole = (most: number) => 1 + Math.floor(random() * most);

describe("pictures shrunk in WebAssembly", () => {
  it("are those of JavaScript, bit for bit, whatever the size and the channels", async () => {
    const shrinker = await PixelShrinker.create();
    for (let round = 0; round < 400; round++) {
      const picture = noise(whole(70), whole(70), [1, 3, 4][round % 3] ?? 1, round % 4 > 0);
      const [width, height] = round % 5 === 0 ? [picture.width, picture.height] : [whole(80), whole(80)];
      const [here, there] = [shrinkPixels(picture, width, height), shrinker.shrink(picture, width, height)];
      expect({ picture, width, height, same: Buffer.from(here).equals(there) }).toMatchObject({ same: true });
    }
  });

  it("are right at the brightest and largest that four bytes hold, and beyond", async () => {
    const shrinker = await PixelShrinker.create();
    for (const height of [4096, 4099]) {
      const white = { pixels: new Uint8Array(4096 * height).fill(255), width: 4096, height, channels: 1 };
      expect([...shrinker.shrink(white, 1, 1)]).toEqual([255, 255, 255, 255]);
    }
  });

  it("stay as they are while others of other sizes are shrunk", async () => {
    const shrinker = await PixelShrinker.create();
    const small = noise(40, 40, 3);
    const first = shrinker.shrink(small, 9, 9);
    const kept = first.slice();
    shrinker.shrink(noise(300, 500, 4), 64, 32);
    expect(first).toEqual(kept);
    expect(shrinker.shrink(small, 9, 9)).toEqual(kept);
  });

  it("go where they are wanted", async () => {
    const shrinker = await PixelShrinker.create();
    const sheet = new Uint8Array(12).fill(9);
    shrinker.shrink(
      { pixels: Uint8Array.of(1, 2, 3, 3, 4, 5), width: 2, height: 1, channels: 3 },
      1,
      1,
      sheet.subarray(4, 8),
    );
    expect([...sheet]).toEqual([9, 9, 9, 9, 2, 3, 4, 255, 9, 9, 9, 9]);
  });
});
