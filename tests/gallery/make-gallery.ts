// Pictures of every widget in a real JupyterLab, light and dark, at the three widths that it is designed for.
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
const THEMES = { light: "JupyterLab Light", dark: "JupyterLab Dark" } as const;
const LARGEST = 150_000;
const WIDGETS: Readonly<Record<string, readonly string[]>> = {
  "umap-scatter": [
    `import layerscope as ls
from sklearn.datasets import load_digits
digits = load_digits()
scatter = ls.UmapScatter(digits.data, labels=digits.target, images=digits.images, title="Digits")
await scatter`,
  ],
};

async function takePictures(browser: Browser, scheme: keyof typeof THEMES): Promise<void> {
  const server = await startJupyter("lab", {
    settings: { "@jupyterlab/apputils-extension:themes": { theme: THEMES[scheme], "adaptive-theme": false } },
  });
  try {
    for (const [name, cells] of Object.entries(WIDGETS)) {
      await server.write(`${name}.ipynb`, cells);
      for (const width of WIDTHS) {
        const notebook = await openNotebook(browser, server, `${name}.ipynb`, {
          viewport: { width: 1500, height: 1200 },
          deviceScaleFactor: 2,
          colorScheme: scheme,
        });
        await notebook.page.addStyleTag({
          content: `.jp-OutputArea-output { flex: 0 0 ${width}px !important; width: ${width}px; padding: 0 !important; }`,
        });
        await notebook.runAll();
        const widget = notebook.widget();
        await widget.waitFor();
        const file = resolve(FOLDER, `${name}-${width}-${scheme}.png`);
        await writeFile(file, await stillPicture(widget));
        await compress(file);
        console.log(`${name}, ${width} px, ${scheme}: ${((await stat(file)).size / 1000).toFixed(0)} kB`);
        if (notebook.outside.length > 0) throw new Error(`${name} asked the network for ${notebook.outside[0]}`);
        await notebook.close();
      }
    }
  } finally {
    await server.stop();
  }
}

/** The element once two pictures of it in a row are alike: nothing moves any more. */
async function stillPicture(element: Locator): Promise<Buffer> {
  const deadline = Date.now() + 60_000;
  let before = await element.screenshot();
  while (Date.now() < deadline) {
    const after = await element.screenshot();
    if (after.equals(before)) return after;
    before = after;
  }
  throw new Error("The widget never came to rest.");
}

/** The fewest colours lost for which the file stays small enough for a README. */
async function compress(file: string): Promise<void> {
  await promisify(execFile)(".venv/bin/python", [
    "-c",
    `import os, sys
from PIL import Image
path, largest = sys.argv[1], int(sys.argv[2])
picture = Image.open(path).convert("RGB")
for colours in (256, 128, 64, 32):
    picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
    if os.path.getsize(path) <= largest:
        break
else:
    sys.exit(f"{path} is larger than {largest} bytes")`,
    file,
    String(LARGEST),
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
