import type { EngineFiles } from "./engine-files.ts";

/** Starts of the same bytes that are well; see `enginesApart`. */
const MOST_STARTS = 2;
/** Of a custom section, which WebAssembly passes over; its name by chance, in ASCII, is all that there is in it. */
const CUSTOM = 0;
const NAME = 8;
const ASCII = 0x7f;

/**
 * Engines for workers beside this one: the same program, in bytes that a browser takes for others.
 *
 * Chromium (156) has one compiled module for the same bytes, whichever workers of a page start it, and counts together
 * how often its functions run. Two large ones run once at every start of onnxruntime-web 1.30. At the third start they
 * count as busy and are compiled anew, as well as can be: that takes 45 CPU seconds beside the work, and up to 1.4 GB.
 * A start from bytes of its own takes half a CPU second more than one from bytes that are compiled already.
 */
export function enginesApart({ glue, wasm }: EngineFiles, count: number): readonly EngineFiles[] {
  const names = Array.from({ length: Math.ceil(count / MOST_STARTS) }, () =>
    crypto.getRandomValues(new Uint8Array(NAME)),
  );
  return Array.from({ length: count }, (_, place) => {
    const name = names[Math.floor(place / MOST_STARTS)] ?? [];
    const section = [CUSTOM, name.length + 1, name.length, ...[...name].map((byte) => byte & ASCII)];
    const own = new Uint8Array(wasm.byteLength + section.length);
    own.set(new Uint8Array(wasm));
    own.set(section, wasm.byteLength);
    return { glue, wasm: own.buffer };
  });
}
