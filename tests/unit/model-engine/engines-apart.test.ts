import { expect, it } from "vitest";
import { enginesApart } from "../../../src/compute/model/engine/engines-apart.ts";

/** A module that is empty but for a section before ours. */
const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 2, 1, 0x61);
const files = { glue: Uint8Array.of(1, 2), wasm: empty.buffer };

it("workers start the same program from other bytes than this one's, two at most from the same", () => {
  const engines = enginesApart(files, 5);
  const texts = engines.map(({ wasm }) => Buffer.from(wasm).toString("hex"));
  expect(engines).toHaveLength(5);
  expect(new Set([Buffer.from(empty).toString("hex"), ...texts]).size).toBe(4);
  expect([texts[0], texts[2]]).toEqual([texts[1], texts[3]]);
  expect(new Set(engines.map(({ wasm }) => wasm)).size).toBe(5);
  for (const { glue, wasm } of engines) {
    expect(glue).toBe(files.glue);
    expect(WebAssembly.validate(wasm)).toBe(true);
    expect(new Uint8Array(wasm, 0, empty.length)).toEqual(empty);
  }
  const [other] = enginesApart(files, 1);
  expect(Buffer.from(other?.wasm ?? new ArrayBuffer()).toString("hex")).not.toBe(texts[0]);
});
