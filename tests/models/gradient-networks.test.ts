// Gradients of whole networks against PyTorch's in double precision; the table of all is docs/gradient-networks.md.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import type { MeasuredNetwork } from "./measure-network.ts";
import { type NetworkFacts, networkFacts } from "./networks.ts";
import { writeTable } from "./write-table.ts";

const NETWORKS = [
  "alexnet",
  "vgg11-bn",
  "resnet18",
  "resnet18-torchscript",
  "resnet50",
  "squeezenet",
  "squeezenet-torchscript",
  "googlenet",
  "inceptionv3",
  "xception",
  "densenet121",
  "shufflenetv2",
  "shufflenetv2-torchscript",
  "mobilenetv2",
  "mobilenetv2-torchscript",
  "mobilenetv3-small",
  "efficientnetb0",
  "convnext-tiny",
  "convnext-tiny-torchscript",
  "vit-tiny",
  "vit-tiny-attention",
  "vit-tiny-torchscript",
  "swin-tiny",
  "swin-tiny-torchscript",
  "keras-mobilenetv2",
  "keras-efficientnetb0",
  "keras-resnet50",
  "keras-densenet121",
];

const measured = new Map<string, { readonly facts: NetworkFacts; readonly found: MeasuredNetwork }>();

afterAll(async () => {
  if (measured.size === NETWORKS.length) await writeTable([...measured.values()]);
});

async function measureNetwork(name: string): Promise<MeasuredNetwork> {
  const args = ["scripts/run-ts.mjs", "tests/models/measure-network.ts", name];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

it.each(NETWORKS)("the gradient of %s is PyTorch's", async (name) => {
  const facts = await networkFacts(name);
  const found = await measureNetwork(name);
  measured.set(name, { facts, found });
  expect(Math.abs(found.score / facts.score - 1)).toBeLessThan(1e-4);
  if (facts.smooth) expect(found.ours.relative).toBeLessThanOrEqual(1e-5);
  else expect(found.ours.cosine).toBeGreaterThanOrEqual(0.999);
});
