import { readFileSync } from "node:fs";

interface Golden {
  /** Base64, the .onnx file. */
  readonly file: string;
  /** One picture's. */
  readonly dims: readonly number[];
  readonly answers: Readonly<Record<string, { readonly dims: readonly number[]; readonly data: string }>>;
}

const folder = new URL("../reference/models/", import.meta.url);
const { networks } = JSON.parse(readFileSync(new URL("engine-goldens.json", folder), "utf8")) as {
  networks: Readonly<Record<"lenet" | "separable" | "attention", Golden>>;
};

export const engineGoldens = networks;

export function goldenFile(name: keyof typeof networks): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(networks[name].file, "base64"));
}

/** Numbers that lie as little-endian single precision in base64. */
export function floatsOf(base64: string): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, "base64")).buffer);
}

/** A file of the reference folder. */
export function referenceFile(name: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(new URL(name, folder)));
}
