import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { FileBytes } from "../../../src/compute/formats/file-bytes.ts";
import { readLayout } from "../../../src/compute/formats/hdf5/data-layout.ts";
import { readElements } from "../../../src/compute/formats/hdf5/elements.ts";
import { type Hdf5Object, openHdf5 } from "../../../src/compute/formats/hdf5/hdf5-object.ts";
import { Hdf5Source } from "../../../src/compute/formats/hdf5/hdf5-source.ts";
import { readObjectHeader } from "../../../src/compute/formats/hdf5/object-header.ts";
import { readSuperblock } from "../../../src/compute/formats/hdf5/superblock.ts";
import { referenceFile, referenceJson } from "./reference-file.ts";

interface Entry {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly children?: readonly string[];
  readonly dims?: readonly number[];
  readonly dtype?: string;
  readonly values?: readonly unknown[];
}

const { contents } = referenceJson<{ contents: Readonly<Record<string, Entry>> }>("hdf5.json");
const NAMES: Readonly<Record<string, string>> = {
  f2: "float16",
  f4: "float32",
  f8: "float64",
  bf2: "bfloat16",
  b1: "bool",
};

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

  it("holds the checksums that its chunks and newer structures have", async () => {
    const file = referenceFile("hdf5-latest.h5");
    const chunk = found(openHdf5(file, "a.h5"), "chunked/odd").dataset();
    const at = indexOfBytes(file, (await chunk.read()).slice(0, 12));
    const broken = file.slice();
    broken[at] = (broken[at] ?? 0) ^ 1;
    await expect(found(openHdf5(broken, "a.h5"), "chunked/odd").dataset().read()).rejects.toThrow(
      "a.h5 is damaged or cut off: a chunk of /chunked/odd doesn't have the checksum it ends with.",
    );
    const unrooted = file.slice();
    unrooted[40] = (unrooted[40] ?? 0) ^ 1;
    expect(() => openHdf5(unrooted, "a.h5")).toThrow("its superblock doesn't have the checksum it ends with");
  });

  it("says what it can't read by name", () => {
    const view = new DataView(new ArrayBuffer(18));
    view.setUint8(0, 4);
    view.setUint8(1, 3);
    const { source } = readSuperblock(referenceFile("hdf5-latest.h5"), "a.h5");
    const layout = source.file.readerOver(new Uint8Array(view.buffer), "the layout");
    expect(() => readLayout(source, layout)).toThrow("a.h5 has a dataset whose layout is virtual");
  });
});

describe("reading a file whose parts lead astray", () => {
  it("ends where a header goes on in itself", () => {
    // Version 1, one message: the header goes on at byte 16, which is where this message stands.
    const header = Buffer.alloc(16 + 24);
    header.writeUInt8(1, 0);
    header.writeUInt32LE(24, 8);
    header.writeUInt16LE(0x10, 16);
    header.writeUInt16LE(16, 18);
    header.writeBigUInt64LE(16n, 24);
    header.writeBigUInt64LE(24n, 32);
    const source = new Hdf5Source(new FileBytes(new Uint8Array(header), "a.h5"), 8, 8);
    expect(() => readObjectHeader(source, 0)).toThrow("its parts name each other in a circle");
  });

  it("takes no more memory than what is packed can hold", () => {
    const file = new FileBytes(new Uint8Array(1000), "a.h5");
    expect(() => file.takeMemory(1e9, "/kernel")).toThrow("/kernel would unpack to 1,000,000,000 bytes");
    expect(() => file.takeMemory(Number.NaN, "/kernel")).toThrow("/kernel would unpack to");
    for (let round = 0; round < 10; round++) file.takeMemory(100_000, "/kernel");
    expect(() => file.takeMemory(100_000, "/kernel")).toThrow("/kernel would unpack to");
  });

  it("leads nowhere past the file's end", () => {
    const file = new FileBytes(new Uint8Array(1000), "a.h5");
    for (const [at, length] of [
      [1001, 0],
      [0, 1001],
      [-1, 1],
      [Number.NaN, 1],
      [2 ** 60, 2 ** 60],
    ] as const) {
      expect(() => file.part(at, length, "its heap")).toThrow("its heap should be");
    }
    expect(file.part(1000, 0, "its heap").length).toBe(0);
  });
});

function indexOfBytes(file: Uint8Array, wanted: Uint8Array): number {
  return Buffer.from(file).indexOf(Buffer.from(wanted));
}
