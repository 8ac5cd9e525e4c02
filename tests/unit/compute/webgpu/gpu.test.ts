import { describe, expect, it } from "vitest";
import { Gpu } from "../../../../src/compute/webgpu/gpu.ts";
import { GpuFailure } from "../../../../src/compute/webgpu/gpu-failure.ts";
import type { GPUDevice } from "../../../../src/compute/webgpu/webgpu-types.ts";

describe("a device that is lost while it works", () => {
  it("is at fault, not the input, also where the browser refuses to say when its work was done", async () => {
    const refusal = new DOMException("Device lost during onSubmittedWorkDone", "OperationError");
    const device = {
      lost: new Promise(() => undefined),
      queue: { onSubmittedWorkDone: () => Promise.reject(refusal) },
    } as unknown as GPUDevice;
    const gpu = new Gpu(device, { vendor: "", architecture: "", device: "", description: "" }, false);
    const failure = await gpu.finish().catch((thrown) => thrown);
    expect(failure).toBeInstanceOf(GpuFailure);
    expect(failure).toMatchObject({ kind: "lost", details: expect.stringContaining("Device lost") });
    expect(gpu.isUsable).toBe(false);
  });
});
