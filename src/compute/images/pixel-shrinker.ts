import { type Footprints, footprints } from "./footprints.ts";
import { KernelRoom } from "./kernel-room.ts";
import { checkPixels, isOpaque, type RawPixels } from "./raw-pixels.ts";
import { shrinkPixels } from "./shrink-pixels.ts";
import { type ImageKernels, startImageKernels } from "./start-image-kernels.ts";

/** More could sum to what four bytes don't hold. */
const MOST_PIXELS = 2 ** 24;
/** Longer sides have weights of more than two bytes. */
const LONGEST_SIDE = 2 ** 15;

/** Where the parts of a job lie: the same for all pictures of one size. */
interface Plan {
  readonly name: string;
  readonly line: number;
  readonly source: number;
  readonly target: number;
  /** Addresses of the six tables, those across first. */
  readonly tables: readonly number[];
}

/** Does what `shrinkPixels` does, with the same bits, in WebAssembly. */
export class PixelShrinker {
  readonly #bottom: number;
  #plan: Plan | null = null;

  private constructor(private readonly kernels: ImageKernels) {
    this.#bottom = kernels.memory.buffer.byteLength;
  }

  static async create(): Promise<PixelShrinker> {
    return new PixelShrinker(await startImageKernels());
  }

  /** As `shrinkPixels`. */
  shrink(
    source: RawPixels,
    toWidth: number,
    toHeight: number,
    into: Uint8Array<ArrayBuffer> = new Uint8Array(toWidth * toHeight * 4),
  ): Uint8Array<ArrayBuffer> {
    checkPixels(source);
    const { pixels, width, height, channels } = source;
    const isSame = width === toWidth && height === toHeight;
    const isLarge = width * height > MOST_PIXELS || Math.max(toWidth, toHeight) > LONGEST_SIDE;
    if (isLarge || (isSame && channels !== 3) || !isOpaque(source))
      return shrinkPixels(source, toWidth, toHeight, into);
    const plan = this.#planOf(source, toWidth, toHeight);
    const memory = new Uint8Array(this.kernels.memory.buffer as ArrayBuffer);
    memory.set(pixels, plan.source);
    if (isSame) this.kernels.spreadColors(plan.source, width * height, plan.target);
    else
      this.kernels.shrinkOpaque(
        ...[plan.source, width, height, channels, toWidth, toHeight, ...plan.tables, plan.line, plan.target],
      );
    into.set(memory.subarray(plan.target, plan.target + toWidth * toHeight * 4));
    return into;
  }

  #planOf({ pixels, width, height, channels }: RawPixels, toWidth: number, toHeight: number): Plan {
    const name = [width, height, channels, toWidth, toHeight].join();
    if (this.#plan?.name === name) return this.#plan;
    const room = new KernelRoom(this.kernels.memory, this.#bottom);
    const arrays = [footprints(width, toWidth), footprints(height, toHeight)].flatMap(arraysOf);
    const tables = arrays.map(({ byteLength }) => room.take(byteLength));
    const plan = {
      name,
      tables,
      line: room.take(4 * (width * channels + 16)),
      source: room.take(pixels.length),
      target: room.take(toWidth * toHeight * 4),
    };
    room.open();
    for (const [place, array] of arrays.entries())
      new Int32Array(this.kernels.memory.buffer, tables[place], array.length).set(array);
    this.#plan = plan;
    return plan;
  }
}

const arraysOf = ({ first, starts, weights }: Footprints) => [first, starts, weights];
