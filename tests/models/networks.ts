import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ModelFile } from "../../src/compute/model/loaded-model.ts";

/** Half a minute and up to half a gigabyte each: not committed, and left out of `make test`. */
export const networksFolder = resolve(".cache/networks");

/** Facts of a network that was written, and what PyTorch says of it. */
export interface NetworkFacts {
  readonly title: string;
  readonly exporter: "torch.export" | "TorchScript" | "Keras";
  /** That was asked for; null for the exporter's own choice. */
  readonly opset: number | null;
  readonly side: number;
  /** Neither ReLU nor maximum anywhere in it. */
  readonly smooth: boolean;
  /** The model's own first, then what lies beside it. */
  readonly files: readonly string[];
  /** Of the largest score. */
  readonly unit: number;
  readonly score: number;
}

/** Numbers of a golden gradient, and the picture at which it was taken. */
export interface NetworkGoldens {
  readonly picture: Float32Array<ArrayBuffer>;
  readonly float32: Float32Array<ArrayBuffer>;
  readonly float64: Float64Array<ArrayBuffer>;
}

/** Facts of a network of tests/reference/gradients/networks.py; its files are written where they are not yet. */
export async function networkFacts(name: string): Promise<NetworkFacts> {
  const facts = resolve(networksFolder, `${name}.json`);
  if (!existsSync(facts)) {
    await mkdir(networksFolder, { recursive: true });
    const script = "tests/reference/gradients/export-networks.py";
    execFileSync(resolve(".oracle-models/bin/python"), [script, networksFolder, name], {
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
  return JSON.parse(await readFile(facts, "utf8"));
}

/** A written network's files, as a reader would give them. */
export function networkFiles({ files }: NetworkFacts): Promise<readonly ModelFile[]> {
  return Promise.all(files.map(async (name) => ({ name, bytes: await read(name) })));
}

export async function networkGoldens(name: string): Promise<NetworkGoldens> {
  const [picture, float32, float64] = await Promise.all(
    ["picture", "float32", "float64"].map((kind) => read(`${name}.${kind}.bin`)),
  );
  const bufferOf = (bytes: Uint8Array<ArrayBuffer> | undefined) => bytes?.buffer ?? new ArrayBuffer();
  return {
    picture: new Float32Array(bufferOf(picture)),
    float32: new Float32Array(bufferOf(float32)),
    float64: new Float64Array(bufferOf(float64)),
  };
}

/** A buffer of its own, that can be viewed as floats. */
async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, byteOffset, byteLength } = await readFile(resolve(networksFolder, name));
  const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  return byteLength === buffer.byteLength ? bytes : bytes.slice();
}
