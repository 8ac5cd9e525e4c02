import { describe, expect, it } from "vitest";
import { Pace } from "../../../../../src/compute/runtime/pace.ts";
import { GpuRows } from "../../../../../src/compute/umap/webgpu/gpu-rows.ts";
import type { Gpu } from "../../../../../src/compute/webgpu/gpu.ts";

describe("rows on the GPU", () => {
  it("leave no buffer behind when they are given up on their way there", async () => {
    const held = new Set<object>();
    const gpu = {
      createBuffer(size: number) {
        const buffer = { size, destroy: () => held.delete(buffer) };
        held.add(buffer);
        return buffer;
      },
      write: () => undefined,
    } as unknown as Gpu;
    const points = { data: new Float32Array(400), rows: 100, columns: 4 };
    const summary = { means: new Float64Array(4), scale: 1 };
    const stored = await GpuRows.store(gpu, points, summary, "euclidean", new Pace(undefined));
    expect(held.size).toBeGreaterThan(0);
    stored.release();
    expect(held.size).toBe(0);

    const cancelled = new Pace(AbortSignal.abort());
    await expect(GpuRows.store(gpu, points, summary, "euclidean", cancelled)).rejects.toMatchObject({
      kind: "cancelled",
    });
    expect(held.size).toBe(0);
  });
});
