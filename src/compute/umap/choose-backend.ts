import type { Crew } from "../runtime/crew.ts";
import { requestGpu } from "../webgpu/device.ts";
import { Gpu } from "../webgpu/gpu.ts";
import type { Backend } from "./backend.ts";
import { cpuBackend } from "./cpu-backend.ts";
import type { UmapOptions } from "./options.ts";
import { gpuBackend } from "./webgpu/gpu-backend.ts";
import { MOST_NEIGHBORS } from "./webgpu/gpu-neighbors.ts";
import { withFallback } from "./webgpu/with-fallback.ts";

/** Fewer rows are laid out on the CPU before the GPU's kernels would be compiled. */
const FEWEST_ROWS = 2_000;

/**
 * What computes a map, with the reason in a sentence: the GPU where there is a real one, else WebAssembly.
 * `options.backend` "webgpu" takes an emulated GPU too, and few rows.
 *
 * @param neighbors How many are looked for of each row.
 * @param notices Where it is told, should the GPU fail.
 */
export async function chooseBackend(
  options: Pick<UmapOptions, "backend">,
  rows: number,
  neighbors: number,
  crew: Crew,
  notices: string[],
): Promise<Backend> {
  const isWanted = options.backend === "webgpu";
  const onCpu = (why: string) => cpuBackend(`CPU: ${why}.`, crew);
  if (options.backend === "cpu") return onCpu("asked for");
  if (!isWanted && rows < FEWEST_ROWS) return onCpu("so few rows are quicker here than on the GPU");
  if (neighbors > MOST_NEIGHBORS) return onCpu(`the GPU looks for at most ${MOST_NEIGHBORS} neighbours`);
  const gpu = await requestGpu(isWanted);
  if (!(gpu instanceof Gpu)) return cpuBackend(gpu.missing, crew);
  const cpu = onCpu("the GPU failed");
  return withFallback(gpuBackend(gpu), cpu, (notice) => notices.push(notice));
}
