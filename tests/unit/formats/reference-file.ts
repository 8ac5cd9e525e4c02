import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const FOLDER = new URL("../../reference/models/", import.meta.url);

/** A file that make-hdf5-files.py and make-keras-files.py keep packed. */
export function referenceFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(readFileSync(new URL(`${name}.gz`, FOLDER))));
}

export function referenceJson<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as Content;
}
