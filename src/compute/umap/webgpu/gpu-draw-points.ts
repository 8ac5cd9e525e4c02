import { ComputeError } from "../../errors.ts";
import type { Gpu, GpuPass } from "../../webgpu/gpu.ts";
import { GpuMemory, MOST_BINDING_BYTES } from "../../webgpu/gpu-memory.ts";
import type { GPUBuffer, GPUComputePipeline } from "../../webgpu/webgpu-types.ts";
import {
  COUNTED_PIXELS,
  GROUP,
  GROUPS_ACROSS,
  histogramShader,
  PICTURE_BYTES,
  percentileShader,
  STEPS,
  splatShader,
  toneShader,
} from "./gpu-draw-points-shaders.ts";

/** How rows look, the same for many pictures. */
export interface PointStyles {
  readonly rows: number;
  /** Colour of every row as its place in `palette`; null colours by density. */
  readonly codes: Uint8Array<ArrayBuffer> | null;
  /** Red, green and blue of 256 colours; where `codes` is null, of the densities from low to high. */
  readonly palette: Uint8Array<ArrayBuffer>;
  /** The code whose rows are hollow rings; -1 where there is none. */
  readonly missing: number;
  /**
   * Rows that keep their colour while the others turn grey beneath them: bit `row & 7` of byte `row >> 3`. null where
   * all keep it.
   */
  readonly mask: Uint8Array<ArrayBuffer> | null;
}

/** One picture of them. */
export interface PointPicture {
  /** From map units to pixels, y downwards: x' = a x + c y + e, y' = b x + d y + f. */
  readonly affine: readonly [a: number, b: number, c: number, d: number, e: number, f: number];
  readonly width: number;
  readonly height: number;
  /** Of a mark, and the width of a hollow ring's line, in pixels. */
  readonly diameter: number;
  readonly ring: number;
  /** Ink of a lone mark, at least: 0.55 on light pages, 0.7 on dark ones. */
  readonly floor: number;
  readonly grey: readonly [red: number, green: number, blue: number];
  /** The count of marks that gives full ink; null: the one that is measured. */
  readonly dense: number | null;
  /** Measure it where `dense` is given too. */
  readonly measures?: boolean | undefined;
}

export interface DrawnPoints {
  /** Red, green, blue and opacity (not premultiplied) of `width * height` pixels. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** The count that gave full ink. */
  readonly dense: number;
  /** The 99th percentile of counts over inked pixels; null where it was not measured. */
  readonly measured: number | null;
}

/**
 * Draws marks straight from the positions that a layout writes: what crosses to the page is a picture, of the same size
 * for any number of rows. The formula is the widget's (its ink.ts, accumulate.ts, tone-pixels.ts); sums are whole
 * numbers, so a picture does not depend on the order in which the GPU takes the rows.
 */
export class GpuPointPainter {
  readonly #styles: GpuMemory;
  readonly #task: GPUBuffer;
  readonly #codes: GPUBuffer;
  readonly #palette: GPUBuffer;
  readonly #mask: GPUBuffer;
  readonly #bins: GPUBuffer;
  readonly #dense: GPUBuffer;
  #target: Target | null = null;

  private constructor(
    private readonly gpu: Gpu,
    private readonly styles: PointStyles,
    private readonly pipelines: Readonly<Record<"splat" | "histogram" | "percentile" | "tone", GPUComputePipeline>>,
  ) {
    this.#styles = new GpuMemory(gpu);
    const { rows, codes, palette, mask } = styles;
    this.#task = this.#styles.uniform(PICTURE_BYTES);
    this.#codes = this.#styles.upload(wholeWords(codes ?? new Uint8Array(rows)));
    this.#palette = this.#styles.upload(Uint8Array.from({ length: 1024 }, (_, at) => colorByte(palette, at)));
    this.#mask = this.#styles.upload(wholeWords(mask ?? new Uint8Array(4)));
    this.#bins = this.#styles.allocate(STEPS * 4);
    this.#dense = this.#styles.allocate(4);
  }

  static async create(gpu: Gpu, styles: PointStyles): Promise<GpuPointPainter> {
    const [splat, histogram, percentile, tone] = await Promise.all(
      [splatShader, histogramShader, percentileShader, toneShader].map((source) => gpu.pipeline(source)),
    );
    if (!splat || !histogram || !percentile || !tone) throw new ComputeError("internal", "A shader is missing.");
    return new GpuPointPainter(gpu, styles, { splat, histogram, percentile, tone });
  }

  /**
   * Draw the marks where they stand after all that was submitted before. One picture at a time.
   *
   * @param positions `x, y` of every row.
   * @throws ComputeError "memory" for a picture that no binding holds, and what the device throws.
   */
  async draw(positions: GPUBuffer, picture: PointPicture): Promise<DrawnPoints> {
    const { gpu, styles } = this;
    const target = this.#fit(picture.width * picture.height);
    gpu.write(this.#task, describePicture(styles, picture));
    gpu.submit(this.#passes(positions, target, picture), [
      { from: target.pixels, to: target.staging, bytes: target.count * 4 },
      { from: this.#dense, to: target.staging, toOffset: target.count * 4, bytes: 4 },
    ]);
    const contents = await gpu.readMapped(target.staging);
    const percentile = Math.max(1, new Float32Array(contents, target.count * 4, 1)[0] ?? 1);
    return {
      pixels: new Uint8ClampedArray(contents, 0, target.count * 4),
      dense: Math.max(1, picture.dense ?? percentile),
      measured: isMeasured(picture) ? percentile : null,
    };
  }

  release(): void {
    this.#target?.memory.release();
    this.#styles.release();
  }

  #passes(positions: GPUBuffer, { colored, grey, pixels, count }: Target, picture: PointPicture): GpuPass[] {
    const { gpu } = this;
    const { splat, histogram, percentile, tone } = this.pipelines;
    const pass = (pipeline: GPUComputePipeline, lanes: number, ...buffers: GPUBuffer[]): GpuPass => ({
      pipeline,
      bindings: gpu.bind(pipeline, buffers),
      groups: [GROUPS_ACROSS, Math.ceil(lanes / (GROUP * GROUPS_ACROSS))],
    });
    const measuring = [
      {
        ...pass(histogram, 0, this.#task, colored, grey, this.#bins),
        groups: [Math.ceil(count / COUNTED_PIXELS)] as const,
      },
      { ...pass(percentile, 0, this.#bins, this.#dense), groups: [1] as const },
    ];
    return [
      pass(splat, this.styles.rows, this.#task, positions, this.#codes, this.#palette, this.#mask, colored, grey),
      ...(isMeasured(picture) ? measuring : []),
      pass(tone, count, this.#task, colored, grey, this.#palette, this.#dense, pixels),
    ];
  }

  #fit(count: number): Target {
    if (this.#target?.count === count) return this.#target;
    if (count * 16 > MOST_BINDING_BYTES)
      throw new ComputeError("memory", `A picture of ${count} pixels is too large for the GPU.`, "Make it smaller.");
    this.#target?.memory.release();
    const memory = new GpuMemory(this.gpu);
    this.#target = {
      memory,
      count,
      colored: memory.allocate(count * 16),
      grey: memory.allocate(this.styles.mask ? count * 4 : 4),
      pixels: memory.allocate(count * 4),
      staging: memory.staging(count * 4 + 4),
    };
    return this.#target;
  }
}

function isMeasured({ dense, measures = false }: PointPicture): boolean {
  return dense === null || measures;
}

/** What a picture of so many pixels needs. */
interface Target {
  readonly memory: GpuMemory;
  readonly count: number;
  readonly colored: GPUBuffer;
  readonly grey: GPUBuffer;
  readonly pixels: GPUBuffer;
  readonly staging: GPUBuffer;
}

/** The shaders' `Picture`. */
function describePicture(styles: PointStyles, picture: PointPicture): Uint8Array<ArrayBuffer> {
  const { affine, width, height, diameter, ring, floor, grey, dense } = picture;
  const bytes = new ArrayBuffer(PICTURE_BYTES);
  const real = new Float32Array(bytes);
  const whole = new Int32Array(bytes);
  real.set(affine);
  whole.set([width, height], 6);
  real.set(
    grey.map((part) => part / 255),
    8,
  );
  whole[11] = styles.rows;
  // As fine as 32 bits hold, should all marks lie on one pixel.
  const colorSteps = Math.min(256, (2 ** 32 - 1) / (255.5 * Math.max(1, styles.rows)));
  real.set([diameter, ring, colorSteps, floor], 12);
  whole.set([styles.missing, styles.codes ? 0 : 1, styles.mask ? 1 : 0], 16);
  real[19] = dense ?? 0;
  return new Uint8Array(bytes);
}

function wholeWords(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.max(4, Math.ceil(bytes.length / 4) * 4));
  padded.set(bytes);
  return padded;
}

function colorByte(palette: Uint8Array, at: number): number {
  return at % 4 === 3 ? 255 : (palette[3 * (at >> 2) + (at % 4)] ?? 0);
}
