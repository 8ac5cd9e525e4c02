import { describe, expect, it } from "vitest";
import { decodeProps, type Origin } from "../../../src/widgets/host/decode-props.ts";
import type { ActivationSource } from "../../../src/widgets/models/activation-source.ts";
import { modelDecoders } from "../../../src/widgets/models/decode-model.ts";
import { keepDropped, latestDropped } from "../../../src/widgets/models/dropped-models.ts";
import type { ModelSource } from "../../../src/widgets/models/model-source.ts";

const origin: Origin = {
  route: { ended: false, fetch: () => Promise.reject(new Error("There is no Python.")) },
  fetchPictures: () => Promise.reject(new Error("There is no Python.")),
  load: () => Promise.reject(new Error("There is no engine.")),
  decoders: modelDecoders,
  lifetime: new AbortController().signal,
};

/** A model with one file that is called after it. */
function model(key: string): ModelSource {
  const name = `${key}.onnx`;
  return { key, name, files: [{ name, bytes: 1, read: async () => Uint8Array.of(1) }], shape: [8, 8, 3] };
}

/** What Python writes of a model that was dropped. */
const reference = (widget: string, key: string) => ({ $model: { widget, key, name: `${key}.onnx` } });

const activations = (widget: string, key: string) =>
  decodeProps(
    {
      $activations: {
        model: reference(widget, key),
        images: { $array: { key: "floats", dtype: "float32", shape: [2, 8, 8, 3] } },
        part: "activations",
      },
    },
    origin,
  ) as ActivationSource;

describe("a model that was dropped", () => {
  it("is meant by whoever was made with it, whatever is dropped in its place", () => {
    keepDropped("replaced", model("first"));
    const before = activations("replaced", "first").key;
    keepDropped("replaced", model("second"));
    const found = decodeProps(reference("replaced", "first"), origin) as ModelSource;
    expect(found.files.map(({ name }) => name)).toEqual(["first.onnx"]);
    expect(found.shape).toEqual([8, 8, 3]);
    expect(activations("replaced", "first").key).toBe(before);
    expect(activations("replaced", "second").key).not.toBe(before);
    expect(latestDropped("replaced").key).toBe("second");
  });

  it("is looked for when it is read: a widget over it is on show before, and finds it afterwards", async () => {
    const early = activations("late", "lab");
    const found = decodeProps(reference("late", "lab"), origin) as ModelSource;
    expect(early.shape).toEqual([2, 0]);
    await expect(early.read({})).rejects.toThrow(
      "lab.onnx was dropped on a table, and this page does not have it any more. Drop it there again, then run this cell again.",
    );
    keepDropped("late", model("lab"));
    expect(found.files).toHaveLength(1);
  });

  it("is forgotten when many were dropped after it, and the one dropped last never", () => {
    keepDropped("many", model("again"));
    for (let number = 0; number < 7; number++) keepDropped("many", model(`model${number}`));
    keepDropped("many", model("again"));
    keepDropped("many", model("model7"));
    expect((decodeProps(reference("many", "again"), origin) as ModelSource).files).toHaveLength(1);
    expect(() => (decodeProps(reference("many", "model0"), origin) as ModelSource).files).toThrow("model0.onnx");
    expect(() => latestDropped("none")).toThrow("No model has been dropped");
  });
});
