// Pictures of every widget in a real JupyterLab, light and dark, at the three widths that it is designed for; of what lays
// several out, where they stand beside each other.
import { execFile } from "node:child_process";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, Locator } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";

const FOLDER = resolve("docs/images");
const WIDTHS = [320, 600, 1000] as const;
/** One widget's pictures alone, by its name. */
const only = process.argv[2];
const THEMES = { light: "JupyterLab Light", dark: "JupyterLab Dark" } as const;
const NETWORK = "notebooks/data/picture-network";
const LAB = "notebooks/labs/lab-network";

/** A widget in a notebook, as its pictures show it. */
interface Shown {
  readonly cells: readonly string[];
  /** Files of the repository that the cells read, beside the notebook. */
  readonly files: readonly string[];
  /** Bytes that a picture may take: photographs need more of them than marks. */
  readonly largest: number;
  /** Those of a widget unless said. */
  readonly widths?: readonly number[];
  /** What is taken of the page: a widget unless said. */
  readonly element?: string;
  /** Of the page, px: all of the element has to be seen. */
  readonly height?: number;
}

const WIDGETS: Readonly<Record<string, Shown>> = {
  "umap-scatter": {
    cells: [
      `import layerscope as ls
from sklearn.datasets import load_digits
digits = load_digits()
scatter = ls.UmapScatter(digits.data, labels=digits.target, images=digits.images, title="Digits")
await scatter`,
    ],
    files: [],
    largest: 150_000,
  },
  mosaic: {
    cells: [
      `import json
from itertools import pairwise
from pathlib import Path
import layerscope as ls, numpy as np
about = json.loads(Path("crops.json").read_text())
packed = Path("crops.bin").read_bytes()
crops = [packed[start:end] for start, end in pairwise(about["offsets"])]
truth = np.array(about["names"])[about["labels"]]
mosaic = ls.Mosaic(
    crops, points=np.load("activations.npy"), labels=truth, min_dist=0.8, num_tiles_x=30, title="What a network sees"
)
await mosaic`,
    ],
    files: ["crops.json", "crops.bin", "activations.npy"].map((name) => `${NETWORK}/${name}`),
    largest: 600_000,
  },
  "box-plot": {
    cells: [
      `import layerscope as ls, numpy as np
random = np.random.default_rng(8)
slides = np.repeat(np.arange(12), 150)
kinds = np.arange(12) % 3
# Each slide has a shift of its own, some units answer to the class, and no activation is below 0.
answers = random.normal(size=(3, 64)) * (random.random(64) < 0.25)
shifts = answers[kinds] + 0.45 * random.normal(size=(12, 64))
activations = np.maximum(0, 0.9 + 0.5 * (shifts[slides] + 0.9 * random.normal(size=(1800, 64))))
classes = np.array(["adeno", "benign", "squamous"])[kinds[slides]]
box = ls.BoxPlot(activations, classes, [f"slide {slide}" for slide in slides], title="Simulated activations")
await box`,
    ],
    files: [],
    largest: 150_000,
  },
  "model-table": {
    cells: [
      `import json
from pathlib import Path
import layerscope as ls
names = json.loads(Path("crops.json").read_text())["names"]
model = ls.Model("network.onnx", mean=0, std=1, classes=names, title="A small picture network")
await model`,
    ],
    files: ["crops.json", "network.onnx"].map((name) => `${NETWORK}/${name}`),
    largest: 150_000,
  },
  "feature-map-grid": {
    cells: [
      `import layerscope as ls
grid = ls.FeatureMapGrid(ls.Model("lab-network.h5", scale=1 / 255), "cat.png", title="What the lab's network sees")
await grid`,
    ],
    files: ["lab-network.h5", "cat.png"].map((name) => `${LAB}/${name}`),
    largest: 600_000,
  },
  "saliency-overlay": {
    cells: [
      `import json
from pathlib import Path
import layerscope as ls
classes = json.loads(Path("about.json").read_text())["classes"]
model = ls.Model("lab-network.h5", scale=1 / 255, classes=classes)
overlay = ls.SaliencyOverlay(model, "cat.png")
await overlay`,
    ],
    files: ["lab-network.h5", "cat.png", "about.json"].map((name) => `${LAB}/${name}`),
    largest: 1_200_000,
  },
  explore: {
    cells: [
      `import json
from itertools import pairwise
from pathlib import Path
import layerscope as ls, numpy as np
about = json.loads(Path("crops.json").read_text())
packed = Path("crops.bin").read_bytes()
crops = [packed[start:end] for start, end in pairwise(about["offsets"])]
names = np.array(about["names"])
model = ls.Model("network.onnx", mean=0, std=1, classes=names)
ex = ls.explore(model, crops, names[about["labels"]], title="What a small network sees", height=360)
ex.feature_maps.image = ex.saliency.image = 105
await ex`,
    ],
    files: ["crops.json", "crops.bin", "network.onnx"].map((name) => `${NETWORK}/${name}`),
    largest: 900_000,
    widths: [1200],
    element: ".ls-explore",
    height: 2400,
  },
};

async function takePictures(browser: Browser, scheme: keyof typeof THEMES): Promise<void> {
  const server = await startJupyter("lab", {
    settings: { "@jupyterlab/apputils-extension:themes": { theme: THEMES[scheme], "adaptive-theme": false } },
  });
  try {
    for (const [name, { cells, files, largest, widths = WIDTHS, element, height = 1200 }] of Object.entries(WIDGETS)) {
      if (only && name !== only) continue;
      for (const path of files) await server.add(path);
      await server.write(`${name}.ipynb`, cells);
      for (const width of widths) {
        const notebook = await openNotebook(browser, server, `${name}.ipynb`, {
          viewport: { width: Math.max(1500, width + 500), height },
          deviceScaleFactor: 2,
          colorScheme: scheme,
        });
        await notebook.page.addStyleTag({
          content: `.jp-OutputArea-output { flex: 0 0 ${width}px !important; width: ${width}px; padding: 0 !important; }`,
        });
        await notebook.runAll();
        const widget = element ? notebook.page.locator(element) : notebook.widget();
        await widget.waitFor();
        const file = resolve(FOLDER, `${name}-${width}-${scheme}.png`);
        await writeFile(file, await stillPicture(widget));
        await compress(file, largest);
        console.log(`${name}, ${width} px, ${scheme}: ${((await stat(file)).size / 1000).toFixed(0)} kB`);
        if (notebook.outside.length > 0) throw new Error(`${name} asked the network for ${notebook.outside[0]}`);
        await notebook.close();
      }
    }
  } finally {
    await server.stop();
  }
}

/** So many pictures in a row are alike when nothing moves any more and nothing is on its way. */
const ALIKE = 8;

/** The element at rest. */
async function stillPicture(element: Locator): Promise<Buffer> {
  const deadline = Date.now() + 60_000;
  let before = await element.screenshot();
  let alike = 1;
  while (Date.now() < deadline) {
    const after = await element.screenshot();
    alike = after.equals(before) ? alike + 1 : 1;
    if (alike === ALIKE) return after;
    before = after;
  }
  throw new Error("The widget never came to rest.");
}

/** The fewest colours lost for which the file stays small enough for a README. */
async function compress(file: string, largest: number): Promise<void> {
  await promisify(execFile)(".venv/bin/python", [
    "-c",
    `import os, sys
from PIL import Image
path, largest = sys.argv[1], int(sys.argv[2])
picture = Image.open(path).convert("RGB")
for colours in (None, 256, 128, 64, 32):
    fewer = picture if colours is None else picture.quantize(colours, dither=Image.Dither.NONE)
    fewer.save(path, optimize=True)
    if os.path.getsize(path) <= largest:
        break
else:
    sys.exit(f"{path} is larger than {largest} bytes")`,
    file,
    String(largest),
  ]);
}

await mkdir(FOLDER, { recursive: true });
const browser = await launchChromium();
try {
  await takePictures(browser, "light");
  await takePictures(browser, "dark");
} finally {
  await browser.close();
}
