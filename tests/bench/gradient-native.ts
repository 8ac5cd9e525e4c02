// The gradient graph that is handed out, on native ONNX Runtime, against PyTorch's gradient; ResNet-18 and MobileNetV2,
// one core each. No browser is in it.
import { resolve } from "node:path";
import { networksFolder } from "../models/networks.ts";
import { writeGradientGraph } from "./gradient/write-gradient-graph.ts";
import { interleave, type Seconds } from "./measure/interleave.ts";
import { RUNS } from "./measure/runs.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { type BenchRow, writeResult } from "./write-result.ts";

const TIMES = 20;
/** A number at a kink falls to one side or the other, in PyTorch too: more than this, a cosine of 0.999, is no rounding. */
const MOST_DISTANCE = 0.04;

interface Answer extends Seconds {
  readonly version: string;
  readonly distance?: number;
}

await using onnxruntime = new PythonPeer("gradient_onnxruntime", ".oracle-models");
await using pytorch = new PythonPeer("gradient_pytorch", ".oracle-models");

const rows: BenchRow[] = [];
const shares: number[] = [];
for (const name of ["resnet18", "mobilenetv2"]) {
  const graph = await writeGradientGraph(name);
  const [picture, golden] = ["picture", "float32"].map((kind) => resolve(networksFolder, `${name}.${kind}.bin`));
  const versions = new Map<string, string>();
  const measured = await interleave({
    layerscope: async () => {
      const { version, distance, ...seconds } = await onnxruntime.ask<Answer>({
        ...graph,
        picture,
        golden,
        times: TIMES,
      });
      if (!(Number(distance) < MOST_DISTANCE)) throw new Error(`${name}: the gradients differ by ${distance}`);
      versions.set("layerscope", `onnxruntime ${version}`);
      return seconds;
    },
    pytorch: async () => {
      const asked = { folder: networksFolder, name, method: "gradient", times: TIMES };
      const { version, ...seconds } = await pytorch.ask<Answer>(asked);
      versions.set("pytorch", version);
      return seconds;
    },
  });
  for (const [who, seconds] of Object.entries(measured))
    rows.push({ who: `${who}, ${name}`, version: versions.get(who) ?? "", ...seconds });
  shares.push(measured.pytorch.cpu_s / measured.layerscope.cpu_s);
}
await writeResult({
  name: "gradient-native",
  browser: `Node ${process.versions.node}`,
  runs: RUNS,
  rows,
  ratios: { pytorch: Math.min(...shares) },
});
