// Runs in a worker for model-engine.test.ts: the engine's probe in a layout of WebGPU that the product doesn't take.
import { chooseProcessor } from "../../../src/compute/model/engine/choose-processor.ts";
import type { EngineFiles } from "../../../src/compute/model/engine/engine-files.ts";
import { probeGpu } from "../../../src/compute/model/engine/probe-gpu.ts";
import { probeFeed, probeGraph } from "../../../src/compute/model/engine/probe-graph.ts";
import { startEngine } from "../../../src/compute/model/engine/start-engine.ts";

export interface Probed {
  readonly difference: number;
  readonly processor: string;
  readonly reason: string;
}

addEventListener("message", async ({ data }: MessageEvent<EngineFiles>) => {
  postMessage(await probe(data).catch((thrown: Error) => ({ difference: 0, processor: "", reason: thrown.message })));
});

async function probe(files: EngineFiles): Promise<Probed> {
  const { engine } = await startEngine(files);
  const difference = await probeGpu(engine, "NHWC");
  const { processor, reason } = await chooseProcessor(engine, probeGraph(), [probeFeed()], "webgpu", {}, "NHWC");
  return { difference, processor, reason };
}
