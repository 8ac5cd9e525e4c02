// Draws points on the page's GPU for draw.test.ts: everything goes in and out as JSON.
import {
  GpuPointPainter,
  type PointPicture,
  type PointStyles,
} from "../../../src/compute/umap/webgpu/gpu-draw-points.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";
import { GpuMemory } from "../../../src/compute/webgpu/gpu-memory.ts";

export interface AskedPictures {
  readonly positions: readonly number[];
  readonly styles: Omit<PointStyles, "rows" | "codes" | "palette" | "mask"> & {
    readonly codes: readonly number[] | null;
    readonly palette: readonly number[];
    readonly mask: readonly number[] | null;
  };
  readonly pictures: readonly PointPicture[];
}

async function drawPictures({ positions, styles, pictures }: AskedPictures) {
  const gpu = await requestGpu(true);
  if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
  const memory = new GpuMemory(gpu);
  const painter = await GpuPointPainter.create(gpu, {
    ...styles,
    rows: positions.length / 2,
    codes: styles.codes && Uint8Array.from(styles.codes),
    palette: Uint8Array.from(styles.palette),
    mask: styles.mask && Uint8Array.from(styles.mask),
  });
  try {
    const buffer = memory.upload(Float32Array.from(positions));
    const drawn: { pixels: readonly number[]; dense: number }[] = [];
    for (const picture of pictures) {
      const { pixels, dense } = await painter.draw(buffer, picture);
      drawn.push({ pixels: [...pixels], dense });
    }
    return drawn;
  } finally {
    painter.release();
    memory.release();
  }
}

declare global {
  interface Window {
    drawPictures: typeof drawPictures;
  }
}
window.drawPictures = drawPictures;
