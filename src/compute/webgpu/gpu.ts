import { GpuFailure } from "./gpu-failure.ts";
import {
  bufferUsage,
  type GPUAdapterInfo,
  type GPUBindGroup,
  type GPUBuffer,
  type GPUBufferBinding,
  type GPUComputePipeline,
  type GPUDevice,
  type GPUErrorFilter,
  mapForReading,
} from "./webgpu-types.ts";

/** One dispatch. `groups` counts workgroups along x, y and z, each at most 65,535. */
export interface GpuPass {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [x: number, y?: number, z?: number];
}

/** Bytes that are copied from one buffer to another after the passes of a submission. */
export interface GpuCopy {
  readonly from: GPUBuffer;
  readonly fromOffset?: number;
  readonly to: GPUBuffer;
  readonly toOffset?: number;
  readonly bytes: number;
}

/**
 * A device with core limits: pipelines compiled once, passes in one command buffer. What goes wrong on the device is
 * known later: `finish`, `read` and `readMapped` throw it as a `GpuFailure`, to every run that shares the device, for
 * whose work it was can't be told any more.
 */
export class Gpu {
  /** The graphics processor as the browser names it, which some don't. */
  readonly name: string;
  #failure: GpuFailure | null = null;
  #checks: Promise<void>[] = [];
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(
    readonly device: GPUDevice,
    info: GPUAdapterInfo,
    /** Emulated by the processor: right, and slower than WebAssembly. */
    readonly isSoftware: boolean,
  ) {
    this.name = info.description || [info.vendor, info.architecture].filter(Boolean).join(" ") || "unnamed";
    void device.lost.then(({ message }) => this.#fail("lost", message));
  }

  /** False from the moment that something failed; `requestGpu` then opens another device. */
  get isUsable(): boolean {
    return this.#failure === null;
  }

  /**
   * The compiled entry point `main` of a WGSL source.
   *
   * @param constants Values of the source's `override` declarations.
   */
  pipeline(source: string, constants: Readonly<Record<string, number>> = {}): Promise<GPUComputePipeline> {
    const key = JSON.stringify(constants) + source;
    const known = this.#pipelines.get(key);
    if (known) return known;
    const made = this.#compile(source, constants);
    this.#pipelines.set(key, made);
    return made;
  }

  /** Buffers (or parts of them) as bindings 0, 1, 2, ... of group 0. */
  bind(pipeline: GPUComputePipeline, buffers: readonly (GPUBuffer | GPUBufferBinding)[]): GPUBindGroup {
    return this.#watch("validation", () =>
      this.device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: buffers.map((each, binding) => ({ binding, resource: "buffer" in each ? each : { buffer: each } })),
      }),
    );
  }

  /** A buffer of zeros, its size rounded up to four bytes. The caller destroys it; `GpuMemory` does so for many. */
  createBuffer(bytes: number, usage: number): GPUBuffer {
    const size = Math.max(4, Math.ceil(bytes / 4) * 4);
    return this.#watch("validation", () =>
      this.#watch("out-of-memory", () => this.device.createBuffer({ size, usage })),
    );
  }

  /** Bytes into a buffer, before whatever is submitted from now on. */
  write(buffer: GPUBuffer, data: ArrayBufferView<ArrayBuffer>, offset = 0): void {
    this.#watch("validation", () => this.device.queue.writeBuffer(buffer, offset, data));
  }

  /** Passes one after the other, each seeing what those before it wrote, then copies: one command buffer. */
  submit(passes: readonly GpuPass[], copies: readonly GpuCopy[] = []): void {
    this.#watch("validation", () => {
      const encoder = this.device.createCommandEncoder();
      if (passes.length > 0) {
        const pass = encoder.beginComputePass();
        for (const { pipeline, bindings, groups } of passes) {
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, bindings);
          pass.dispatchWorkgroups(...groups);
        }
        pass.end();
      }
      for (const { from, fromOffset = 0, to, toOffset = 0, bytes } of copies)
        encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
      this.device.queue.submit([encoder.finish()]);
    });
  }

  /** Resolves when all that was submitted is done. */
  async finish(): Promise<void> {
    try {
      await this.device.queue.onSubmittedWorkDone();
    } catch (thrown) {
      await this.#throwFailure();
      throw this.#fail("lost", String(thrown));
    }
    await this.#throwFailure();
  }

  /** A copy of a part of a buffer, after all that was submitted. */
  async read(buffer: GPUBuffer, bytes = buffer.size, offset = 0): Promise<ArrayBuffer> {
    const staging = this.createBuffer(bytes, bufferUsage.mapRead | bufferUsage.copyTarget);
    try {
      this.submit([], [{ from: buffer, fromOffset: offset, to: staging, bytes }]);
      return await this.readMapped(staging, bytes);
    } finally {
      staging.destroy();
    }
  }

  /** The contents of a staging buffer that a submission copied into; the buffer can then be copied into again. */
  async readMapped(staging: GPUBuffer, bytes = staging.size): Promise<ArrayBuffer> {
    try {
      await staging.mapAsync(mapForReading);
    } catch (thrown) {
      await this.#throwFailure();
      throw this.#fail("lost", String(thrown));
    }
    const contents = staging.getMappedRange().slice(0, bytes);
    staging.unmap();
    await this.#throwFailure();
    return contents;
  }

  /** Give the device back, with all its buffers. */
  release(): void {
    this.device.destroy();
  }

  async #compile(source: string, constants: Readonly<Record<string, number>>): Promise<GPUComputePipeline> {
    try {
      const module = this.#watch("validation", () => this.device.createShaderModule({ code: source }));
      return await this.device.createComputePipelineAsync({
        layout: "auto",
        compute: { module, entryPoint: "main", constants },
      });
    } catch (thrown) {
      await this.#throwFailure();
      throw this.#fail("validation", String(thrown));
    }
  }

  /** Scopes are opened and closed without a pause, so each holds the errors of one call alone. */
  #watch<Result>(filter: GPUErrorFilter, act: () => Result): Result {
    this.device.pushErrorScope(filter);
    try {
      return act();
    } finally {
      this.#checks.push(
        this.device.popErrorScope().then(
          (error) => {
            if (error) this.#fail(filter, error.message);
          },
          (thrown) => {
            this.#fail("lost", String(thrown));
          },
        ),
      );
    }
  }

  async #throwFailure(): Promise<void> {
    await Promise.all(this.#checks.splice(0));
    if (this.#failure) throw this.#failure;
  }

  #fail(cause: GPUErrorFilter | "lost", details: string): GpuFailure {
    this.#failure ??= new GpuFailure(cause, details);
    return this.#failure;
  }
}
