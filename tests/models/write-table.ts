import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { versionOf } from "../bench/measure/versions.ts";
import type { MeasuredNetwork } from "./measure-network.ts";
import type { NetworkFacts } from "./networks.ts";

interface Row {
  readonly facts: NetworkFacts;
  readonly found: MeasuredNetwork;
}

const FIGURES: Readonly<Record<string, (row: Row) => string>> = {
  network: ({ facts }) => facts.title,
  "written by": ({ facts }) => (facts.opset === null ? facts.exporter : `${facts.exporter}, opset ${facts.opset}`),
  pixels: ({ facts }) => String(facts.side),
  nodes: ({ found }) => `${found.nodes.forward} + ${found.nodes.added}`,
  file: ({ found }) => `${found.megabytes.forward.toFixed(0)} MB + ${sizeWords(found.megabytes.added)}`,
  "relative distance": ({ found }) => found.ours.relative.toExponential(1),
  "PyTorch's own": ({ found }) => found.pytorch.relative.toExponential(1),
  cosine: ({ found }) => found.ours.cosine.toFixed(6),
  "forward, s": ({ found }) => found.seconds.forward.toFixed(2),
  "gradient, s": ({ found }) => found.seconds.gradient.toFixed(2),
  "memory, MB": ({ found }) => `${found.memory.forward.toFixed(0)}, ${found.memory.gradient.toFixed(0)}`,
};

function sizeWords(megabytes: number): string {
  return megabytes < 1 ? `${(megabytes * 1000).toFixed(0)} kB` : `${megabytes.toFixed(0)} MB`;
}

/** Write docs/gradient-networks.md. */
export async function writeTable(rows: readonly Row[]): Promise<void> {
  const cells = (each: readonly string[]) => `| ${each.join(" | ")} |`;
  const names = Object.keys(FIGURES);
  const lines = [
    "# Gradients of whole networks, against PyTorch's",
    "",
    "`make test-models` writes this page. Each network has seeded weights (`tests/reference/gradients/networks.py`), is",
    "written by the exporter that is named, or saved by Keras and converted here, and differentiated at one picture: the",
    "largest score, before any Softmax. What comes out is compared with PyTorch's gradient in double precision.",
    "",
    "* Nodes and file: of the model's graph with its weights, and what the gradient adds. Of weights these are kernels of",
    "  3 x 3 with 64 channels or more, as the tiles that Winograd's way multiplies by in both directions; other",
    "  kernels are turned by the engine when it opens the graph.",
    "* Relative distance: ‖ours − PyTorch's‖ / ‖PyTorch's‖. *PyTorch's own* is that of its gradient in single precision:",
    "  where a network has ReLU or maxima, a number that is almost at a kink falls to one side or the other, and the",
    "  gradient of all that stands before it with it. There the cosine must be 0.999 at least; in smooth networks the",
    "  relative distance must be 1e-5 at most.",
    "* Forward and gradient: seconds of CPU for one picture, one thread of WebAssembly in Node, the median of three. The",
    "  gradient's run includes the forward one.",
    "* Memory: the most that the process held, with the model open and with its gradient's session beside.",
    "",
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, onnxruntime-web ${await versionOf("onnxruntime-web")}.`,
    "",
    cells(names),
    cells(names.map(() => "---")),
    ...rows.map((row) => cells(Object.values(FIGURES).map((figure) => figure(row)))),
  ];
  await writeFile("docs/gradient-networks.md", `${lines.join("\n")}\n`);
}
