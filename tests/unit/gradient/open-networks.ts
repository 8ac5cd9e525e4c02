import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Engine } from "../../../src/compute/model/engine/engine.ts";
import { numbersOf } from "../../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { readModel } from "../../../src/compute/model/read-model.ts";

/** A model of the repository, on the CPU. */
export async function openFile(engine: Engine, path: string): Promise<OpenModel> {
  const bytes = readFileSync(path);
  const name = (path.split("/").pop() ?? "").replace(/\.gz$/, "");
  const plain = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  return openBytes(engine, name, Uint8Array.from(plain));
}

export async function openBytes(engine: Engine, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<OpenModel> {
  return OpenModel.open(engine, await readModel([{ name, bytes }], null), { processor: "cpu", shape: null });
}

/** So many pictures from 0 to 1 without a pattern, of a model's size. */
export function picturesFor({ inputs }: OpenModel, count = 1): Float32Array<ArrayBuffer> {
  const [input] = inputs;
  return sampleNumbers(count * (input ? numbersOf(input) : 0));
}
