// How far JPEGs decoded in Chromium are from Pillow's pixels, and what that changes in a network's activations: the table
// of docs/models.md. node scripts/run-ts.mjs tests/reference/measure-jpeg-decoding.ts
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as ort from "onnxruntime-web";
import { featureDefaults } from "../../src/compute/features/feature-options.ts";
import { Features } from "../../src/compute/features/features.ts";
import { batchesOf } from "../../src/compute/features/picture-batches.ts";
import { preprocessPictures } from "../../src/compute/features/preprocess/preprocess-pictures.ts";
import { preprocessingDefaults } from "../../src/compute/features/preprocess/preprocessing.ts";
import type { RawPixels } from "../../src/compute/images/raw-pixels.ts";
import { Engine } from "../../src/compute/model/engine/engine.ts";
import { pictureInput } from "../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../src/compute/model/engine/open-model.ts";
import { relativeDifference } from "../../src/compute/model/engine/relative-difference.ts";
import { readOnnxFiles } from "../../src/compute/model/onnx/read/read-onnx-files.ts";
import { callerAlone } from "../../src/compute/runtime/caller-alone.ts";
import { openBrowserPage } from "../support/browser-page.ts";
import { launchChromium } from "../support/chromium.ts";

interface Entry {
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  readonly jpeg: string;
  readonly pixels: string;
  readonly before: string;
}

interface Row {
  readonly decoders: Set<string>;
  pictures: number;
  largest: number;
  sum: number;
  count: number;
  /** Of the activations, largest. */
  decoding: number;
  compression: number;
}

/** The tour's network: 64 pixels in three colours to 96 units. */
const network = await readFile("notebooks/data/picture-network/network.onnx");
ort.env.wasm.numThreads = 1;
const model = readOnnxFiles([{ name: "network.onnx", bytes: Uint8Array.from(network) }]);
const open = await OpenModel.open(new Engine(() => ort), model, { processor: "cpu", shape: null });
const none = { glue: new Uint8Array(), wasm: new ArrayBuffer() };

async function activationsOf(picture: RawPixels): Promise<Float32Array> {
  const settings = { ...preprocessingDefaults, size: { width: 64, height: 64 }, layout: "NCHW" } as const;
  const { data } = preprocessPictures([picture], { ...settings, resize: "bilinear" });
  const pictures = batchesOf(data, pictureInput(model.name, open.inputs));
  return (await new Features(callerAlone).of("network", open, { files: none }, pictures, featureDefaults)).features
    .data;
}

const folder = await mkdtemp(join(tmpdir(), "layerscope-"));
const browser = await launchChromium();
try {
  const file = join(folder, "pictures.json");
  execFileSync(resolve(".venv/bin/python"), ["tests/reference/write-jpeg-pictures.py", file]);
  const { from, entries } = JSON.parse(await readFile(file, "utf8")) as { from: string; entries: readonly Entry[] };
  const { page } = await openBrowserPage(browser, resolve("tests/reference/jpeg-page.ts"));
  const rows = new Map<string, Row>();
  for (const { kind, width, height, jpeg, ...stored } of entries) {
    const row = rows.get(kind) ?? {
      decoders: new Set(),
      pictures: 0,
      largest: 0,
      sum: 0,
      count: 0,
      decoding: 0,
      compression: 0,
    };
    rows.set(kind, row);
    const { by, channels, pixels } = await page.evaluate((each) => window.jpegPage.decode(each), jpeg);
    const [here, there, before] = [pixels, stored.pixels, stored.before].map((text, place): RawPixels => {
      const bytes = Uint8Array.from(Buffer.from(text, "base64"));
      return { pixels: bytes, width, height, channels: place === 0 && channels === 1 ? 1 : 3 };
    });
    if (!here || !there || !before) continue;
    row.decoders.add(by);
    row.pictures++;
    for (const [at, right] of there.pixels.entries()) {
      const off = Math.abs((here.pixels[channels === 1 ? Math.floor(at / 3) : at] ?? Number.NaN) - right);
      row.largest = Math.max(row.largest, off);
      row.sum += off;
      row.count++;
    }
    const right = await activationsOf(there);
    row.decoding = Math.max(row.decoding, relativeDifference(await activationsOf(here), right));
    row.compression = Math.max(row.compression, relativeDifference(right, await activationsOf(before)));
  }
  console.log(`${from}; Chromium ${browser.version()}`);
  console.table(
    Object.fromEntries(
      [...rows].map(([kind, { decoders, pictures, largest, sum, count, decoding, compression }]) => [
        kind,
        {
          decoder: [...decoders].join(", "),
          pictures,
          "largest difference": largest,
          "mean difference": Number((sum / count).toPrecision(2)),
          "activations, by decoding": Number(decoding.toPrecision(2)),
          "activations, by compression": Number(compression.toPrecision(2)),
        },
      ]),
    ),
  );
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
