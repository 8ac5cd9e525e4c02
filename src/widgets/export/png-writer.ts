import { Pace } from "../../compute/runtime/pace.ts";
import { joinPng, type PngChunk } from "./png-chunks.ts";

/** What a PNG file says of itself before its pixels come. */
export interface PngHead {
  readonly width: number;
  readonly height: number;
  /** Whether opacities are written; without, pixels are taken to be opaque. */
  readonly hasOpacity: boolean;
  /** Resolution, texts. */
  readonly extra: readonly PngChunk[];
}

/** PNG's filter "Sub": each byte less that of the pixel at its left, which halves what photographs take. */
const SUB = 1;
/** Bytes given to the compressor at once: it holds the page while it works. */
const PART = 2 ** 18;

/** Writes a PNG file from bands of lines, the upper ones first, so that no canvas need be as large as the picture. */
export class PngWriter {
  readonly #deflate = new CompressionStream("deflate");
  readonly #writer = this.#deflate.writable.getWriter();
  readonly #packed: Promise<Uint8Array<ArrayBuffer>>;
  readonly #pace: Pace;
  #lines = 0;

  constructor(
    private readonly head: PngHead,
    signal?: AbortSignal | undefined,
  ) {
    this.#pace = new Pace(signal);
    this.#packed = new Response(this.#deflate.readable).arrayBuffer().then((buffer) => new Uint8Array(buffer));
    // Heard by `end`; a file that is given up is nobody's error.
    this.#packed.catch(() => undefined);
    signal?.addEventListener("abort", () => void this.#writer.abort().catch(() => undefined), { once: true });
  }

  /**
   * The next lines.
   *
   * @param pixels - Red, green, blue and opacity, opacity not multiplied in.
   * @throws {ComputeError} "cancelled" when the signal has aborted.
   */
  async write(pixels: Uint8ClampedArray<ArrayBuffer>): Promise<void> {
    const { width, hasOpacity } = this.head;
    const lines = pixels.length / (4 * width);
    const filtered = filterLines(pixels, width, hasOpacity ? 4 : 3);
    for (let at = 0; at < filtered.length; at += PART) {
      await this.#pace.check();
      await this.#writer.write(filtered.subarray(at, at + PART));
    }
    this.#lines += lines;
  }

  /** The file, once all lines are written. */
  async end(): Promise<Uint8Array<ArrayBuffer>> {
    const { width, height, hasOpacity, extra } = this.head;
    if (this.#lines !== height) throw new RangeError(`unfinished PNG: expected ${height} lines, got ${this.#lines}`);
    await this.#writer.close();
    const header = new Uint8Array(13);
    const view = new DataView(header.buffer);
    view.setUint32(0, width);
    view.setUint32(4, height);
    // Eight bits a part; 6: red green blue opacity, 2: without opacity.
    header.set([8, hasOpacity ? 6 : 2, 0, 0, 0], 8);
    const data = await this.#packed;
    return joinPng([
      { type: "IHDR", data: header },
      ...extra,
      { type: "IDAT", data },
      { type: "IEND", data: new Uint8Array(0) },
    ]);
  }
}

function filterLines(pixels: Uint8ClampedArray, width: number, parts: 3 | 4): Uint8Array<ArrayBuffer> {
  const lines = pixels.length / (4 * width);
  const filtered = new Uint8Array(lines * (1 + parts * width));
  let to = 0;
  for (let line = 0; line < lines; line++) {
    filtered[to++] = SUB;
    const start = 4 * width * line;
    let red = 0;
    let green = 0;
    let blue = 0;
    let opacity = 0;
    for (let from = start; from < start + 4 * width; from += 4) {
      const nextRed = pixels[from] ?? 0;
      const nextGreen = pixels[from + 1] ?? 0;
      const nextBlue = pixels[from + 2] ?? 0;
      filtered[to] = nextRed - red;
      filtered[to + 1] = nextGreen - green;
      filtered[to + 2] = nextBlue - blue;
      red = nextRed;
      green = nextGreen;
      blue = nextBlue;
      if (parts === 4) {
        const nextOpacity = pixels[from + 3] ?? 0;
        filtered[to + 3] = nextOpacity - opacity;
        opacity = nextOpacity;
      }
      to += parts;
    }
  }
  return filtered;
}
