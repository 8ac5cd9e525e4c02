// Runs a network's gradient with the engine's profile, which the engine prints; a process of its own, read by engine-profile.ts:
// node scripts/run-ts.mjs tests/bench/gradient/run-profiled.ts NAME RUNS
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import { makeTiles } from "../../../src/compute/model/engine/kernel-tiles.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { OPTIMISATION } from "../../../src/compute/model/engine/optimisation.ts";
import { readModel } from "../../../src/compute/model/read-model.ts";
import { networkFacts, networkFiles, networkGoldens } from "../../models/networks.ts";
import { nodeEngine, nodeOrt } from "../../unit/model-engine/node-engine.ts";

const [network = "", runs = "1"] = process.argv.slice(2);
const facts = await networkFacts(network);
const { picture } = await networkGoldens(network);
const engine = nodeEngine();
const model = await readModel(await networkFiles(facts), null);
const open = await OpenModel.open(engine, model, { processor: "cpu", shape: null });
const plan = await new ModelGradients(engine, open).plan({ target: { class: facts.unit } });
const { file, beside, tiles = [] } = plan.graph;
const made = tiles.map((each) => [each.name, makeTiles(each, beside)] as const);
const session = await nodeOrt.InferenceSession.create(file, {
  executionProviders: ["wasm"],
  graphOptimizationLevel: OPTIMISATION,
  enableProfiling: true,
  externalData: [...beside, ...made].map(([path, data]) => ({ path, data })),
  extra: { session: { disable_prepacking: "1" } },
});
const feeds = {
  [plan.input.name]: new nodeOrt.Tensor("float32", picture, [1, ...plan.input.dims]),
  [plan.seed ?? ""]: new nodeOrt.Tensor("float32", plan.weights, plan.outputDims),
};
for (let run = 0; run < Number(runs); run++) await session.run(feeds);
session.endProfiling();
