import type { Matrix } from "../../matrix.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { Gpu } from "../../webgpu/gpu.ts";
import { GpuFailure } from "../../webgpu/gpu-failure.ts";
import { GpuMemory, MOST_BINDING_BYTES } from "../../webgpu/gpu-memory.ts";
import type { GPUBuffer } from "../../webgpu/webgpu-types.ts";
import { Arena } from "../arena.ts";
import type { Metric } from "../options.ts";
import type { PointsSummary } from "../validate-points.ts";

/** A run of rows in one buffer, for a binding holds at most 128 MiB. */
export interface RowPanel {
  /** `rows * width` numbers, row-major. */
  readonly buffer: GPUBuffer;
  /** The number of its first row. */
  readonly first: number;
  readonly rows: number;
}

/** The same rows in the page's memory, before they are scaled and padded. */
export interface HostRows {
  readonly data: Float32Array<ArrayBuffer>;
  /** Numbers of a row, one row after the other. */
  readonly columns: number;
  /** A power of two. */
  readonly scale: number;
}

/** Numbers written to the GPU at a time. */
const CHUNK_NUMBERS = 1 << 20;
/** The neighbour kernel takes so many rows together; a panel holds whole blocks. */
const BLOCK = 128;

/** The rows of one run on the GPU: scaled, each padded with zeros to a multiple of four columns. */
export class GpuRows {
  readonly rows: number;
  readonly columns: number;
  /** Columns as stored; for angular metrics with one to spare (the direction of a row of zeros). */
  readonly width: number;
  readonly panels: readonly RowPanel[];
  /** Mean of each column, `width` numbers. */
  readonly means: GPUBuffer;
  readonly isAngular: boolean;
  #host: HostRows;

  private constructor(
    readonly memory: GpuMemory,
    { data, rows, columns }: Matrix,
    scale: number,
    readonly metric: Metric,
    /** What a binding may hold: rows lie in panels no larger, and whoever works at them stays below it too. */
    readonly bindingBytes: number,
  ) {
    this.#host = { data, columns, scale };
    this.rows = rows;
    this.columns = columns;
    this.isAngular = metric === "cosine" || metric === "correlation";
    this.width = (columns + (this.isAngular ? 1 : 0) + 3) & ~3;
    const most = Math.floor(bindingBytes / (this.width * 4 * BLOCK)) * BLOCK;
    if (most === 0) throw new GpuFailure("out-of-memory", `${columns} columns: a binding holds no block of rows.`);
    const panels: RowPanel[] = [];
    for (let first = 0; first < rows; first += most) {
      const own = Math.min(most, rows - first);
      panels.push({ buffer: memory.allocate(own * this.width * 4), first, rows: own });
    }
    this.panels = panels;
    this.means = memory.allocate(this.width * 4);
  }

  static async store(
    gpu: Gpu,
    points: Matrix,
    { means, scale }: PointsSummary,
    metric: Metric,
    pace: Pace,
    bindingBytes = MOST_BINDING_BYTES,
  ): Promise<GpuRows> {
    const stored = new GpuRows(new GpuMemory(gpu), points, scale, metric, bindingBytes);
    const padded = new Float32Array(stored.width);
    padded.set(means);
    gpu.write(stored.means, padded);
    try {
      await stored.#writeAll(pace);
    } catch (thrown) {
      stored.release();
      throw thrown;
    }
    return stored;
  }

  get host(): HostRows {
    return this.#host;
  }

  /** Give every row length 1, and mean 0 first for "correlation", with the bits of the CPU's kernel; the means follow. */
  async normalise(pace: Pace): Promise<void> {
    const { width, columns, rows, metric, memory } = this;
    const chunk = Math.ceil(CHUNK_NUMBERS / width);
    const arena = await Arena.create();
    const address = arena.allocate(chunk * width * 4);
    const normalised = new Float32Array(rows * width);
    const sums = new Float64Array(width);
    for (let from = 0; from < rows; from += chunk) {
      const to = Math.min(rows, from + chunk);
      const part = arena.floats(address, (to - from) * width).fill(0);
      for (let row = from; row < to; row++) this.#copyRow(row, part, (row - from) * width);
      arena.kernels.normaliseRows(address, width, columns, 0, to - from, metric === "correlation" ? 1 : 0);
      normalised.set(part, from * width);
      for (let place = 0; place < part.length; place += width)
        for (let column = 0; column < width; column++) sums[column] = (sums[column] ?? 0) + (part[place + column] ?? 0);
      await pace.check();
    }
    this.#host = { data: normalised, columns: width, scale: 1 };
    memory.gpu.write(
      this.means,
      Float32Array.from(sums, (sum) => sum / rows),
    );
    await this.#writeAll(pace);
  }

  /** These rows as they are stored, one after the other, at most a binding's worth; `memory` keeps them. */
  async gather(ids: Uint32Array, memory: GpuMemory, pace: Pace): Promise<GPUBuffer> {
    const gathered = memory.allocate(ids.length * this.width * 4);
    await this.#write(gathered, ids.length, (place) => ids[place] ?? 0, pace);
    return gathered;
  }

  release(): void {
    this.memory.release();
  }

  async #writeAll(pace: Pace): Promise<void> {
    for (const { buffer, first, rows } of this.panels) await this.#write(buffer, rows, (place) => first + place, pace);
  }

  async #write(buffer: GPUBuffer, count: number, rowAt: (place: number) => number, pace: Pace): Promise<void> {
    const { width } = this;
    const chunk = Math.ceil(CHUNK_NUMBERS / width);
    const staged = new Float32Array(Math.min(chunk, count) * width);
    for (let from = 0; from < count; from += chunk) {
      const to = Math.min(count, from + chunk);
      for (let place = from; place < to; place++) this.#copyRow(rowAt(place), staged, (place - from) * width);
      this.memory.gpu.write(buffer, staged.subarray(0, (to - from) * width), from * width * 4);
      await pace.check();
    }
  }

  /** A row of the host's, scaled; padding is left as it is. */
  #copyRow(row: number, into: Float32Array, at: number): void {
    const { data, columns, scale } = this.#host;
    const from = row * columns;
    if (scale === 1) into.set(data.subarray(from, from + columns), at);
    else for (let column = 0; column < columns; column++) into[at + column] = (data[from + column] ?? 0) * scale;
  }
}
