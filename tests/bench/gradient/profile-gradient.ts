// What the time of a network's gradient goes to, here and in PyTorch, as Markdown:
// node scripts/run-ts.mjs tests/bench/gradient/profile-gradient.ts resnet18 mobilenetv2
// Shares hold on a busy machine too; no times are told, for those don't.

import { networksFolder } from "../../models/networks.ts";
import { AS_NARROW } from "../measure/narrow-vectors.ts";
import { PythonPeer } from "../peers/python-peer.ts";
import { profileEngine } from "./engine-profile.ts";
import { kindOf } from "./operator-kinds.ts";

const RUNS = 10;

/** Microseconds by kind and direction, "convolutions, back". */
type Spent = ReadonlyMap<string, number>;

function summed(parts: Iterable<readonly [key: string, amount: number]>): Spent {
  const sums = new Map<string, number>();
  for (const [key, amount] of parts) sums.set(key, (sums.get(key) ?? 0) + amount);
  return sums;
}

async function pytorchSpent(network: string, variables: NodeJS.ProcessEnv): Promise<readonly [string, Spent]> {
  await using peer = new PythonPeer("profile_pytorch", ".oracle-models", variables);
  const asked = { folder: networksFolder, name: network, times: RUNS };
  const { spent, instructions } = await peer.ask<{ spent: Record<string, number>; instructions: string }>(asked);
  const isBack = (name: string) => /backward/i.test(name);
  const parts = Object.entries(spent).map(([name, time]) => [keyOf(name, isBack(name)), time] as const);
  return [`PyTorch, ${instructions}`, summed(parts)];
}

function keyOf(operator: string, isBack: boolean): string {
  return `${kindOf(operator)}, ${isBack ? "back" : "forward"}`;
}

function share(spent: Spent, key: string): string {
  const all = [...spent.values()].reduce((sum, each) => sum + each, 0);
  return `${((100 * (spent.get(key) ?? 0)) / all).toFixed(0)} %`;
}

for (const network of process.argv.slice(2)) {
  const ours = await profileEngine(network, RUNS);
  const spent = summed(ours.map(({ type, isBack, microseconds }) => [keyOf(type, isBack), microseconds]));
  const products = summed(ours.map(({ type, isBack, multiplyAdds }) => [keyOf(type, isBack), multiplyAdds / RUNS]));
  const columns = [await pytorchSpent(network, AS_NARROW), await pytorchSpent(network, {})];
  const keys = [...new Set([spent, ...columns.map(([, each]) => each)].flatMap((each) => [...each.keys()]))].sort();
  console.log(`\n| ${[network, "ours", "multiply-adds", ...columns.map(([name]) => name)].join(" | ")} |`);
  console.log("|---|---|---|---|---|");
  for (const key of keys) {
    const millions = (products.get(key) ?? 0) / 1e6;
    const cells = [key, share(spent, key), millions < 1 ? "" : `${millions.toFixed(0)} million`];
    console.log(`| ${[...cells, ...columns.map(([, each]) => share(each, key))].join(" | ")} |`);
  }
}
