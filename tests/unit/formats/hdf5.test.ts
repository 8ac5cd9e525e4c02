import { describe, expect, it } from "vitest";
import { readElements } from "../../../src/compute/formats/hdf5/elements.ts";
import { type Hdf5Object, openHdf5 } from "../../../src/compute/formats/hdf5/hdf5-object.ts";
import { referenceFile, referenceJson } from "./reference-file.ts";

interface Entry {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly children?: readonly string[];
  readonly dims?: readonly number[];
  readonly dtype?: string;
  readonly values?: readonly unknown[];
}

const { contents } = referenceJson<{ contents: Readonly<Record<string, Entry>> }>("hdf5.json");
const NAMES: Readonly<Record<string, string>> = { f2: "float16", f4: "float32", f8: "float64", b1: "bool" };

const found = (root: Hdf5Object, path: string): Hdf5Object => {
  const object = root.find(path);
  if (object === null) throw new Error(`nothing at ${path}`);
  return object;
};

describe.each(["earliest", "middle", "latest"])("a file of HDF5's %s format, as h5py wrote it", (format) => {
  const root = openHdf5(referenceFile(`hdf5-${format}.h5`), `${format}.h5`);
  const datasets = Object.entries(contents).filter(([, entry]) => entry.dims !== undefined);
  const groups = Object.entries(contents).filter(([, entry]) => entry.children !== undefined);
  const attributed = Object.entries(contents).filter(([, entry]) => entry.attributes !== undefined);

  it.each(groups)("has the children of %s", (path, { children }) => {
    expect([...found(root, path).names].sort()).toEqual(children);
    expect(found(root, path).isDataset).toBe(false);
  });

  it.each(attributed)("has the attributes of %s", (path, { attributes }) => {
    const ours = Object.fromEntries(found(root, path).attributes);
    const { long, ...others } = ours;
    expect(others).toEqual(attributes);
    if (long !== undefined) expect(long).toBe("0123456789".repeat(7000));
  });

  it.each(datasets)("has the numbers of %s", async (path, { dims, dtype = "", values }) => {
    const dataset = found(root, path).dataset();
    const bytes = await dataset.read();
    expect(dataset.dims).toEqual(dims);
    expect(bytes.length).toBe(dataset.byteLength);
    if (dataset.type.kind === "other") {
      expect([dtype, [...new Uint16Array(bytes.slice().buffer)]]).toEqual(["|V2", values]);
      return;
    }
    const type = { ...dataset.type, isBigEndian: false };
    const kinds = { i: "int", u: "uint" };
    const [letter, size] = [dtype[1] as "i" | "u", Number(dtype[2])];
    expect(type.kind === "number" && type.name).toBe(NAMES[dtype.slice(1)] ?? `${kinds[letter]}${size * 8}`);
    const numbers = readElements(dataset.source, bytes, type, bytes.length / type.size);
    expect(dtype === "|b1" ? numbers.map(Boolean) : numbers).toEqual(values);
  });
});

describe("what the newer formats have besides", () => {
  it.each(["middle", "latest"])("is an attribute past 64 kB, in a heap: %s", (format) => {
    const root = openHdf5(referenceFile(`hdf5-${format}.h5`), `${format}.h5`);
    expect(found(root, "large").attributes.get("long")).toBe("0123456789".repeat(7000));
  });
});

describe("reading a file of HDF5", () => {
  it("copies nothing that lies there in one piece", async () => {
    const file = referenceFile("hdf5-earliest.h5");
    const bytes = await found(openHdf5(file, "a.h5"), "types/f4").dataset().read();
    expect(bytes.buffer).toBe(file.buffer);
  });

  it("says so of what is none", () => {
    expect(() => openHdf5(new Uint8Array(100), "a.h5")).toThrow("a.h5 is no HDF5 file.");
  });
});
