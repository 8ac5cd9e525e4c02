import { describe, expect, it } from "vitest";
import { readUnits } from "../../../src/widgets/box-plot/data/read-units.ts";
import { acceptProps } from "../../../src/widgets/box-plot/props.ts";
import { decodeProps } from "../../../src/widgets/host/decode-props.ts";
import { type Blocks, encodeProps } from "../../../src/widgets/host/encode-props.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";

/** Properties as a page's author writes them, read as they are and as an exported page carries them. */
async function readBoth(written: Readonly<Record<string, unknown>>) {
  const live = inlineProps(written);
  const blocks: Blocks = new Map();
  const carried: unknown = JSON.parse(JSON.stringify(await encodeProps(live, blocks, {})));
  const exported = decodeProps(carried, {
    lifetime: new AbortController().signal,
    route: {
      ended: false,
      fetch: async (key, from, length) => blocks.get(key)?.slice(from, from + length) ?? new Uint8Array(),
    },
    fetchPictures: async () => new Uint8Array(),
    load: () => Promise.reject(new Error("no part")),
  }) as Record<string, unknown>;
  return Promise.all([live, exported].map((props) => readUnits(acceptProps(props), {})));
}

describe("units in an exported page", () => {
  it("are those of the page it came from: values, classes, slides and names", async () => {
    const [live, exported] = await readBoth({
      values: [
        [1, 2.5],
        [3, null],
        [5, 6],
      ],
      labels: ["b", null, "a"],
      slides: Int32Array.of(7, 7, 3),
      unitNames: ["x", "y"],
      names: ["one", "two", "three"],
    });
    expect(exported).toEqual({ ...live, leastOf: exported?.leastOf });
    expect(exported?.slides?.names).toEqual(["3", "7"]);
    expect(exported?.rows.values.columns).toBe(2);
  });

  it("are those of one array with its shape, of many numbered slides", async () => {
    const slides = Float32Array.from({ length: 60 }, (_, row) => (row === 5 ? Number.NaN : 900 - row));
    const labels = Array.from({ length: 60 }, (_, row) => row % 3);
    const values = { data: Float64Array.from({ length: 120 }, (_, at) => at / 7), shape: [60, 2] };
    const [live, exported] = await readBoth({ values, labels, slides });
    expect(exported).toEqual({ ...live, leastOf: exported?.leastOf });
    expect(exported?.slides?.names).toHaveLength(59);
    expect(exported?.rows.slides?.codes[5]).toBe(-1);
  });
});
