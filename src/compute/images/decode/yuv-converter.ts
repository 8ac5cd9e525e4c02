import { KernelRoom } from "../kernel-room.ts";
import type { RawPixels } from "../raw-pixels.ts";
import { type ImageKernels, startImageKernels } from "../start-image-kernels.ts";
import { FEWEST_COLUMNS, rgbOfYuv, type YuvPlanes } from "./rgb-of-yuv.ts";

let created: Promise<YuvConverter> | undefined;

/** Does what `rgbOfYuv` does, with the same bits, in WebAssembly; where a page forbids that, `rgbOfYuv` itself does. */
export class YuvConverter {
  readonly #bottom: number;

  private constructor(private readonly kernels: ImageKernels | null) {
    this.#bottom = kernels?.memory.buffer.byteLength ?? 0;
  }

  /** The one of this page or worker. */
  static shared(): Promise<YuvConverter> {
    created ??= YuvConverter.create();
    return created;
  }

  static async create(): Promise<YuvConverter> {
    return new YuvConverter(await startImageKernels().catch(() => null));
  }

  /** As `rgbOfYuv`. */
  convert(picture: YuvPlanes): RawPixels | null {
    const { stored, planes, width, height, isHalved } = picture;
    const [y, u, v] = planes;
    const columns = (width + 1) >> 1;
    if (!this.kernels) return rgbOfYuv(picture);
    if (!y || !u || !v || (isHalved && columns < FEWEST_COLUMNS)) return null;
    const { memory, convertYuv } = this.kernels;
    const room = new KernelRoom(memory, this.#bottom);
    const source = room.take(stored.length);
    const [sums, lineU, lineV] = [room.take(2 * columns + 4), room.take(2 * columns), room.take(2 * columns)];
    const target = room.take(3 * width * height);
    const all = room.open();
    all.set(stored, source);
    convertYuv(
      ...[y, u, v].flatMap(({ offset, stride }) => [source + offset, stride]),
      ...[width, height, Number(isHalved), sums, lineU, lineV, target],
    );
    return { pixels: all.slice(target, target + 3 * width * height), width, height, channels: 3 };
  }
}
