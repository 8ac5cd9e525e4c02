// What device.test.ts asks of a device, in a page.
import { ComputeError } from "../../../src/compute/errors.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";
import { GpuMemory } from "../../../src/compute/webgpu/gpu-memory.ts";
import { runInSlices } from "../../../src/compute/webgpu/run-in-slices.ts";
import { bufferUsage } from "../../../src/compute/webgpu/webgpu-types.ts";

const ADD = `
  override step: u32 = 1u;
  struct Range { first: u32, end: u32 }
  @group(0) @binding(0) var<uniform> range: Range;
  @group(0) @binding(1) var<storage, read_write> numbers: array<u32>;
  @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
    let place = range.first + id.x;
    if (place < range.end) { numbers[place] += step; }
  }`;

async function open(): Promise<Gpu> {
  const gpu = await requestGpu(true);
  if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
  return gpu;
}

const tests = {
  async missing(acceptsSoftware: boolean) {
    const gpu = await requestGpu(acceptsSoftware);
    return gpu instanceof Gpu ? "" : gpu.missing;
  },
  async sameDeviceTwice() {
    const first = await open();
    return first === (await open());
  },
  /** Every number once, in slices; what comes back. */
  async addInSlices(count: number) {
    const gpu = await open();
    const memory = new GpuMemory(gpu);
    const range = memory.uniform(16);
    const numbers = memory.upload(Uint32Array.from({ length: count }, (_, place) => place));
    const pipeline = await gpu.pipeline(ADD, { step: 7 });
    const bindings = gpu.bind(pipeline, [range, numbers]);
    const told: number[] = [];
    await runInSlices(
      gpu,
      count,
      (from, to) => {
        gpu.write(range, Uint32Array.of(from, to));
        return [{ pipeline, bindings, groups: [Math.ceil((to - from) / 64)] }];
      },
      new Pace(undefined),
      (done) => told.push(done),
    );
    const result = [...new Uint32Array(await gpu.read(numbers, 40, 8))];
    memory.release();
    return { result, told };
  },
  async cancelled() {
    const gpu = await open();
    const controller = new AbortController();
    let slices = 0;
    const run = runInSlices(
      gpu,
      1e9,
      () => [],
      new Pace(controller.signal),
      () => {
        if (++slices === 3) controller.abort();
      },
    );
    return { error: await failureOf(run), slices };
  },
  async wrongShader() {
    const gpu = await open();
    return failureOf(gpu.pipeline("@compute @workgroup_size(64) fn main() { let wrong = missing; }"));
  },
  async tooLarge() {
    const gpu = await open();
    gpu.createBuffer(2 ** 40, bufferUsage.storage).destroy();
    return failureOf(gpu.finish());
  },
  async lost(during: "read" | "finish") {
    const gpu = await open();
    const buffer = gpu.createBuffer(64, bufferUsage.storage | bufferUsage.copySource);
    const work: Promise<unknown> = during === "read" ? gpu.read(buffer) : Promise.resolve();
    gpu.device.destroy();
    const error = await failureOf(during === "read" ? work : gpu.finish());
    return { error, isUsable: gpu.isUsable, isAnother: (await open()) !== gpu };
  },
};

async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "";
  } catch (thrown) {
    const { kind, reason } = ComputeError.from(thrown);
    return `${kind}: ${reason}`;
  }
}

declare global {
  interface Window {
    deviceTests: typeof tests;
  }
}
window.deviceTests = tests;
