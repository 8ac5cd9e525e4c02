import { KernelRoom } from "../kernel-room.ts";
import type { RawPixels } from "../raw-pixels.ts";
import { type ImageKernels, startImageKernels } from "../start-image-kernels.ts";
import { FEWEST_COLUMNS } from "./rgb-of-yuv.ts";

/** What a frame and a scan need besides, bytes. */
const FRAME = 76;
const WORK = 8192;
/** Larger pictures are decoded quicker by the browser, which has threads for it; smaller ones here. */
const MOST_PIXELS = 160 * 160;
/** No picture of so many pixels takes more, and the kernel's memory does not shrink. */
const MOST_BYTES = 2 ** 17;

let created: Promise<JpegReader> | undefined;

/**
 * Small JPEGs decoded here: what a browser takes to be handed one and to hand it back is more than to decode it. A mosaic of
 * 2,500 of 64 pixels takes 0.25 CPU s in Chromium 156 instead of 0.54, and there are browsers that hand back none but through
 * a canvas.
 * Baseline with brightness and two colours, these at full or half the resolution; the pixels are libjpeg's, which browsers
 * and Pillow draw.
 */
export class JpegReader {
  readonly #bottom: number;

  private constructor(private readonly kernels: ImageKernels | null) {
    this.#bottom = kernels?.memory.buffer.byteLength ?? 0;
  }

  /** The one of this page or worker. */
  static shared(): Promise<JpegReader> {
    created ??= JpegReader.create();
    return created;
  }

  static async create(): Promise<JpegReader> {
    return new JpegReader(await startImageKernels().catch(() => null));
  }

  /** @returns null where the bytes are no JPEG of that kind, are broken, or it is a large one. */
  read(bytes: Uint8Array<ArrayBuffer>): RawPixels | null {
    if (!this.kernels || bytes.length > MOST_BYTES) return null;
    const { memory, readFrame, readScan, convertYuv } = this.kernels;
    const room = new KernelRoom(memory, this.#bottom);
    const [frame, work, source] = [room.take(FRAME), room.take(WORK), room.take(bytes.length)];
    room.open().set(bytes, source);
    if (readFrame(source, bytes.length, frame) === 0) return null;
    const [width = 0, height = 0, halved = 0] = new Uint32Array(memory.buffer, frame, 3);
    const columns = (width + 1) >> 1;
    if (width * height > MOST_PIXELS || (halved && columns < FEWEST_COLUMNS)) return null;
    const side = halved ? 16 : 8;
    const [across, down] = [Math.ceil(width / side), Math.ceil(height / side)];
    const stride = across * side;
    const [y, u, v] = [room.take(stride * down * side), room.take(64 * across * down), room.take(64 * across * down)];
    const [sums, lineU, lineV] = [room.take(2 * columns + 4), room.take(2 * columns), room.take(2 * columns)];
    const target = room.take(3 * width * height);
    const all = room.open();
    if (readScan(frame, work, y, u, v) === 0) return null;
    convertYuv(y, stride, u, 8 * across, v, 8 * across, width, height, halved, sums, lineU, lineV, target);
    return { pixels: all.slice(target, target + 3 * width * height), width, height, channels: 3 };
  }
}
