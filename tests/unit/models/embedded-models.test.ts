import { afterEach, expect, it } from "vitest";
import type { Origin } from "../../../src/widgets/host/decode-props.ts";
import { modelDecoders } from "../../../src/widgets/models/decode-model.ts";
import { isModelSource } from "../../../src/widgets/models/model-source.ts";

const EMBEDDED = Symbol.for("layerscope.embedded");
afterEach(() => void Object.assign(globalThis, { [EMBEDDED]: undefined }));

it("reads a model's file from the page that carries it, where no Python answers", async () => {
  const content = Uint8Array.from({ length: 3_000_000 }, (_, at) => at % 251);
  const read = (key: string) => Promise.resolve(key === "file" ? content : new Uint8Array());
  Object.assign(globalThis, { [EMBEDDED]: { has: (key: string) => key === "file", read } });
  const fetch = () => Promise.reject(new Error("Python was asked."));
  const never = () => Promise.reject(new Error("not wanted"));
  const origin: Origin = {
    route: { ended: true, fetch },
    fetchPictures: never,
    load: never,
    lifetime: new AbortController().signal,
  };
  const bytes = { $array: { key: "file", dtype: "uint8", shape: [content.length] } };
  const written = { key: "k", name: "lab.h5", files: [{ name: "lab.h5", bytes }] };
  const model = modelDecoders.$model?.(written, origin);
  if (!isModelSource(model)) throw new Error("no model");
  expect(Buffer.from((await model.files[0]?.read({})) ?? []).equals(content)).toBe(true);
});
