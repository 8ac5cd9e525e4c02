/**
 * The part of WebGPU (W3C, "WebGPU", sections 3 to 21) that is used here, for TypeScript's own library has none of it.
 * Names and meanings are the standard's.
 */
export interface GPU {
  requestAdapter(options?: { powerPreference?: "low-power" | "high-performance" }): Promise<GPUAdapter | null>;
}

export interface GPUAdapter {
  readonly info: GPUAdapterInfo;
  /** Where browsers had it before `info.isFallbackAdapter`. */
  readonly isFallbackAdapter?: boolean;
  requestDevice(): Promise<GPUDevice>;
}

export interface GPUAdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

export interface GPUDevice {
  readonly lost: Promise<{ readonly reason: "unknown" | "destroyed"; readonly message: string }>;
  readonly queue: GPUQueue;
  createBuffer(descriptor: { size: number; usage: number }): GPUBuffer;
  createShaderModule(descriptor: { code: string }): GPUShaderModule;
  createComputePipelineAsync(descriptor: {
    layout: "auto";
    compute: { module: GPUShaderModule; entryPoint: string; constants?: Record<string, number> };
  }): Promise<GPUComputePipeline>;
  createBindGroup(descriptor: {
    layout: GPUBindGroupLayout;
    entries: readonly { binding: number; resource: GPUBufferBinding }[];
  }): GPUBindGroup;
  createCommandEncoder(): GPUCommandEncoder;
  pushErrorScope(filter: GPUErrorFilter): void;
  popErrorScope(): Promise<{ readonly message: string } | null>;
  destroy(): void;
}

export type GPUErrorFilter = "validation" | "out-of-memory" | "internal";

export interface GPUQueue {
  writeBuffer(buffer: GPUBuffer, offset: number, data: ArrayBufferView<ArrayBuffer>): void;
  submit(buffers: readonly GPUCommandBuffer[]): void;
  onSubmittedWorkDone(): Promise<void>;
}

export interface GPUBuffer {
  readonly size: number;
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
  destroy(): void;
}

export interface GPUBufferBinding {
  readonly buffer: GPUBuffer;
  readonly offset?: number;
  readonly size?: number;
}

export interface GPUCommandEncoder {
  beginComputePass(): GPUComputePass;
  copyBufferToBuffer(from: GPUBuffer, fromOffset: number, to: GPUBuffer, toOffset: number, size: number): void;
  finish(): GPUCommandBuffer;
}

export interface GPUComputePass {
  setPipeline(pipeline: GPUComputePipeline): void;
  setBindGroup(index: number, group: GPUBindGroup): void;
  dispatchWorkgroups(x: number, y?: number, z?: number): void;
  end(): void;
}

export interface GPUComputePipeline {
  getBindGroupLayout(index: number): GPUBindGroupLayout;
}

/** Handles that only the device looks into. */
export interface GPUShaderModule {
  readonly label: string;
}
export interface GPUBindGroupLayout {
  readonly label: string;
}
export interface GPUBindGroup {
  readonly label: string;
}
export interface GPUCommandBuffer {
  readonly label: string;
}

/** GPUBufferUsage and GPUMapMode of the standard, by value: a worker without WebGPU has no such globals. */
export const bufferUsage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const;
export const mapForReading = 0x1;
