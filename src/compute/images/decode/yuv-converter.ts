import bytes from "wasm:images";
import { ComputeError } from "../../errors.ts";
import type { RawPixels } from "../raw-pixels.ts";
import { FEWEST_COLUMNS, rgbOfYuv, type YuvPlanes } from "./rgb-of-yuv.ts";

/** What kernels/images.ts exports of kernels/yuv.ts; every address and count is a number. */
interface YuvKernels {
  readonly memory: WebAssembly.Memory;
  readonly convertYuv: (...values: number[]) => void;
}

const PAGE = 65536;
/** What the kernel reads and writes beyond the ends. */
const BEYOND = 64;

let created: Promise<YuvConverter> | undefined;

/** Does what `rgbOfYuv` does, with the same bits, in WebAssembly; where a page forbids that, `rgbOfYuv` itself does. */
export class YuvConverter {
  readonly #bottom: number;

  private constructor(private readonly kernels: YuvKernels | null) {
    this.#bottom = kernels?.memory.buffer.byteLength ?? 0;
  }

  /** The one of this page or worker. */
  static shared(): Promise<YuvConverter> {
    created ??= YuvConverter.create();
    return created;
  }

  static async create(): Promise<YuvConverter> {
    try {
      const { instance } = await WebAssembly.instantiate(bytes, {
        env: {
          abort() {
            throw new ComputeError("internal", "A kernel stopped.", "Run again.");
          },
        },
      });
      return new YuvConverter(instance.exports as unknown as YuvKernels);
    } catch {
      return new YuvConverter(null);
    }
  }

  /** As `rgbOfYuv`. */
  convert(picture: YuvPlanes): RawPixels | null {
    const { stored, planes, width, height, isHalved } = picture;
    const [y, u, v] = planes;
    const columns = (width + 1) >> 1;
    if (!this.kernels) return rgbOfYuv(picture);
    if (!y || !u || !v || (isHalved && columns < FEWEST_COLUMNS)) return null;
    const { memory, convertYuv } = this.kernels;
    let top = this.#bottom;
    const take = (size: number) => {
      const start = top;
      top += Math.ceil((size + BEYOND) / 64) * 64;
      return start;
    };
    const source = take(stored.length);
    const [sums, lineU, lineV] = [take(2 * columns + 4), take(2 * columns), take(2 * columns)];
    const target = take(3 * width * height);
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    const all = new Uint8Array(memory.buffer as ArrayBuffer);
    all.set(stored, source);
    convertYuv(
      ...[y, u, v].flatMap(({ offset, stride }) => [source + offset, stride]),
      ...[width, height, Number(isHalved), sums, lineU, lineV, target],
    );
    return { pixels: all.slice(target, target + 3 * width * height), width, height, channels: 3 };
  }
}
