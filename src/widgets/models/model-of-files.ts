import { ComputeError } from "../../compute/errors.ts";
import { contentKey } from "../host/content-key.ts";
import type { ModelFileSource, ModelSource } from "./model-source.ts";
import { refuseTooLarge } from "./refuse-too-large.ts";

/** One file of a model as a page has it: dropped, picked, read or fetched. */
export interface GivenFile {
  readonly name: string;
  readonly content: Blob | Uint8Array<ArrayBuffer>;
}

/** Bytes that are hashed at a time: a file need not lie in memory as a whole to be known. */
const SLICE = 32 * 2 ** 20;

/**
 * A model of files that lie in the page. It is known by their names and content: the same file dropped twice is the same
 * model.
 *
 * @throws {ComputeError} "input" where no file is given, and for one that can't be read; "memory", before any is read, where
 * no page can hold them.
 */
export async function modelOfFiles(given: readonly GivenFile[]): Promise<ModelSource> {
  const files = given.map(({ name, content }) => fileOf(baseName(name), content));
  const named = files.find(({ name }) => /\.(onnx|h5|hdf5|keras)$/i.test(name)) ?? files[0];
  if (!named) throw new ComputeError("input", "No file was given.", "Give an .onnx, .h5 or .keras file.");
  refuseTooLarge(named.name, files);
  const keys = await Promise.all(given.map(({ name, content }) => keyOf(name, content)));
  return { key: `model-${keys.sort().join(".")}`, name: named.name, files };
}

function fileOf(name: string, content: Blob | Uint8Array<ArrayBuffer>): ModelFileSource {
  if (content instanceof Uint8Array) return { name, bytes: content.length, read: async () => content.slice() };
  return { name, bytes: content.size, read: () => bytesOf(name, content) };
}

async function keyOf(name: string, content: Blob | Uint8Array<ArrayBuffer>): Promise<string> {
  const length = content instanceof Uint8Array ? content.length : content.size;
  const keys: string[] = [];
  for (let start = 0; start === 0 || start < length; start += SLICE) {
    const end = Math.min(length, start + SLICE);
    const part =
      content instanceof Uint8Array ? content.subarray(start, end) : await bytesOf(name, content.slice(start, end));
    keys.push(contentKey(part, "file"));
  }
  return contentKey(new TextEncoder().encode([baseName(name), ...keys].join()), "files");
}

async function bytesOf(name: string, content: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await content.arrayBuffer());
  } catch (thrown) {
    const size = `${(content.size / 1e9).toFixed(2)} GB`;
    throw new ComputeError(
      "input",
      `${name} (${size}) can't be read; it may have been moved or changed since it was given.`,
      "Give it again.",
      String(thrown),
    );
  }
}

function baseName(path: string): string {
  return path.split(/[\\/]/).pop() || path;
}
