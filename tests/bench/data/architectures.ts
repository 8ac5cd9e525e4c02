import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

export const ARCHITECTURES = ["mobilenetv2", "resnet18", "efficientnetb0"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export const architecturesFolder = resolve(".cache/architectures");

/** An ONNX file of 224 pixels with seeded weights; written at the first call, by what the golden files are made with. */
export async function architectureFile(name: Architecture): Promise<Buffer> {
  const file = resolve(architecturesFolder, `${name}.onnx`);
  if (!existsSync(file))
    execFileSync(resolve(".oracle-models/bin/python"), ["tests/bench/data/make-architectures.py", architecturesFolder]);
  return readFile(file);
}
