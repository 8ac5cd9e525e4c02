import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { readModel } from "../../../src/compute/model/read-model.ts";
import { networkFacts, networkFiles } from "../../models/networks.ts";
import { nodeEngine } from "../../unit/model-engine/node-engine.ts";

export interface WrittenGradientGraph {
  readonly file: string;
  /** The output that is the gradient. */
  readonly gradient: string;
}

/** Write a network's gradient graph, with the score that it differentiates in it, as it is handed out. */
export async function writeGradientGraph(name: string): Promise<WrittenGradientGraph> {
  const facts = await networkFacts(name);
  const engine = nodeEngine();
  const model = await readModel(await networkFiles(facts), null);
  const open = await OpenModel.open(engine, model, { processor: "cpu", shape: null });
  const { graph, gradient } = await new ModelGradients(engine, open).graph({ target: { class: facts.unit } });
  const folder = resolve(`.cache/gradient-graphs/${name}`);
  const file = resolve(folder, "gradient.onnx");
  await mkdir(folder, { recursive: true });
  await writeFile(file, graph.file);
  for (const [location, bytes] of graph.beside) {
    await mkdir(dirname(resolve(folder, location)), { recursive: true });
    await writeFile(resolve(folder, location), bytes);
  }
  return { file, gradient };
}
