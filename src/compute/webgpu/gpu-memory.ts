import type { Gpu } from "./gpu.ts";
import { bufferUsage, type GPUBuffer } from "./webgpu-types.ts";

/** Bytes that one binding may hold on every device (WebGPU, "limits", maxStorageBufferBindingSize). */
export const MOST_BINDING_BYTES = 128 << 20;

/** The buffers of one piece of work, given back together. */
export class GpuMemory {
  readonly #buffers: GPUBuffer[] = [];

  constructor(readonly gpu: Gpu) {}

  /** Zeros that kernels read and write; can be copied from and written to. */
  allocate(bytes: number): GPUBuffer {
    return this.#create(bytes, bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget);
  }

  /** As `allocate`, with contents. */
  upload(data: ArrayBufferView<ArrayBuffer>): GPUBuffer {
    const buffer = this.allocate(data.byteLength);
    this.gpu.write(buffer, data);
    return buffer;
  }

  /** Parameters of a kernel; `gpu.write` changes them between two submissions. A size that is a multiple of 16. */
  uniform(bytes: number): GPUBuffer {
    return this.#create(bytes, bufferUsage.uniform | bufferUsage.copyTarget);
  }

  /** What `gpu.readMapped` reads. */
  staging(bytes: number): GPUBuffer {
    return this.#create(bytes, bufferUsage.mapRead | bufferUsage.copyTarget);
  }

  release(): void {
    for (const buffer of this.#buffers.splice(0)) buffer.destroy();
  }

  #create(bytes: number, usage: number): GPUBuffer {
    const buffer = this.gpu.createBuffer(bytes, usage);
    this.#buffers.push(buffer);
    return buffer;
  }
}
