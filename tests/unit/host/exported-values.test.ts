import { describe, expect, it } from "vitest";
import { decodeProps } from "../../../src/widgets/host/decode-props.ts";
import { type Blocks, encodeProps } from "../../../src/widgets/host/encode-props.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";
import type { NumericSource } from "../../../src/widgets/host/sources.ts";
import { type ColorInput, type Coloring, readColoring } from "../../../src/widgets/rows/coloring.ts";

/** Properties as a page's author writes them, and the same after they went through an exported page. */
async function exported(written: Readonly<Record<string, unknown>>) {
  const live = inlineProps(written);
  const blocks: Blocks = new Map();
  const carried: unknown = JSON.parse(JSON.stringify(await encodeProps(live, blocks, {})));
  const saved = decodeProps(carried, {
    lifetime: new AbortController().signal,
    route: {
      ended: false,
      fetch: async (key, from, length) => blocks.get(key)?.slice(from, from + length) ?? new Uint8Array(),
    },
    fetchPictures: async () => new Uint8Array(),
    load: () => Promise.reject(new Error("no part")),
  }) as Record<string, unknown>;
  return { live, saved };
}

const refuse = () => Promise.reject(new Error("read for nothing"));
const large = (length: number) => Float32Array.from({ length }, (_, row) => row / 7);

describe("an exported page", () => {
  const columns = {
    "classes in bytes": Uint8Array.of(2, 0, 1, 2),
    "classes in single precision, one missing": Float32Array.of(3, -1, Number.NaN, 3),
    "classes of 64 bits": BigInt64Array.of(10n, 2n, -1n, 2n),
    "a list with 64 bits in it": [10n, 2n, null, 2n],
    "a quantity": Float64Array.of(0.5, 1.25, Number.NaN, 3),
    "a quantity of whole numbers": Int32Array.from({ length: 60 }, (_, row) => row * 3),
    "a list of a quantity": [0.1, null, 2, undefined],
    "a list of classes": ["b", null, "a", true],
    "a list of whole numbers and an infinite one": [1, 2, Number.POSITIVE_INFINITY, 2],
    "whole numbers and an infinite one": Float32Array.of(1, 2, Number.POSITIVE_INFINITY, 2),
  };
  it("carries neither a model's files nor the pictures that only the model reads", async () => {
    const model = { key: "net", name: "net.onnx", files: [{ name: "net.onnx", bytes: 8, read: refuse }] };
    const images = { key: "one", length: 1, get: refuse, pack: refuse };
    const { saved } = await exported({ model, images, layers: 8 });
    expect(saved).toEqual({ model: null, images: null, layers: 8 });
  });

  for (const name of ["labels", "color"])
    for (const [what, column] of Object.entries(columns))
      it(`colours by ${name} as the page it came from: ${what}`, async () => {
        const { live, saved } = await exported({ [name]: column });
        const read = (input: unknown): Promise<Coloring> => readColoring(input as ColorInput, name, column.length, {});
        expect(await read(saved[name])).toEqual(await read(live[name]));
      });

  it("takes 64-bit labels for numbers: few whole ones are classes in the order of numbers", async () => {
    const { live } = await exported({ labels: columns["classes of 64 bits"] });
    const coloring = await readColoring(live.labels as ColorInput, "labels", 4, {});
    expect(coloring).toMatchObject({ kind: "categories", names: ["-1", "2", "10"] });
  });

  it("carries a scale's numbers in binary, not in figures", async () => {
    const blocks: Blocks = new Map();
    const carried = await encodeProps(inlineProps({ color: large(1000) }), blocks, {});
    expect(JSON.stringify(carried).length).toBeLessThan(200);
    expect([...blocks.values()].map(({ length }) => length)).toEqual([4000]);
  });

  it("carries numbers of a kind that does not cross as ones that do", async () => {
    const { saved } = await exported({ init: BigInt64Array.of(1n, -2n) });
    const init = saved.init as NumericSource;
    expect([...(await init.read({}))]).toEqual([1, -2]);
  });
});
