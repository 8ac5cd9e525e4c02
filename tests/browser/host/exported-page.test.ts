import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { bundleModule, packedCore, python } from "./open-notebook-host.ts";

const shim = resolve(import.meta.dirname, "../../../python-shim");

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), "layerscope-export-"));
  await Promise.all([
    writeFile(join(folder, "core.js.gz"), await packedCore()),
    writeFile(join(folder, "pdf.js.gz"), gzipSync("export default 'the pdf part'")),
    writeFile(join(folder, "plotly.js.gz"), gzipSync("export default 'plotly'")),
    writeFile(join(folder, "loader.js"), "export default {}"),
    writeFile(join(folder, "standalone.js"), await bundleModule("src/entries/standalone.ts")),
    writeFile(join(folder, "manifest.json"), JSON.stringify({ version: "0", files: { "core.js.gz": "c1" } })),
  ]);
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Write a page with the wheel's own code, the tests' small widget standing for UmapScatter. */
async function openExported(code: string): Promise<{ page: Page; requests: string[]; errors: string[] }> {
  const file = join(folder, "page.html");
  const script = `
import pathlib, numpy as np, layerscope as ls
from layerscope import _static
_static._STATIC = pathlib.Path(${JSON.stringify(folder)})
${code}
for widget in widgets:
    widget._widget = "counting"
    widget._props = {name: value for name, value in widget._props.items() if name in ("points", "names", "images", "title")}
ls.to_html(${JSON.stringify(file)}, *widgets)
`;
  execFileSync(python, ["-c", script], { env: { ...process.env, PYTHONPATH: shim }, stdio: "pipe" });
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`file://${file}`);
  return { page, requests, errors };
}

const elsewhere = (requests: readonly string[]) => requests.filter((address) => !/^(file|data|blob):/.test(address));

it("an exported page works from disk with the network cut, its widgets linked, and asks for nothing", async () => {
  const { page, requests, errors } = await openExported(`
points = np.arange(4, dtype="float32").reshape(4, 1)
images = np.zeros((4, 1, 1, 3), dtype="uint8")
images[1] = [255, 0, 0]
widgets = [ls.UmapScatter(points, names=["</script><b>a</b>"] * 4, images=images), ls.UmapScatter(points)]
ls.link(*widgets)`);
  const views = page.locator("[data-ls-view]");
  await expect.poll(() => views.nth(0).locator(".sum").textContent()).toBe("sum 6");
  await expect.poll(() => views.nth(1).locator(".sum").textContent()).toBe("sum 6");
  await expect.poll(() => views.nth(0).locator(".names").textContent()).toContain("</script><b>a</b>|");
  expect(await page.locator("b").count()).toBe(0);
  await views.nth(0).locator("button").click();
  await expect.poll(() => views.nth(1).locator(".selected").textContent()).toBe("2");
  const pixel = await page.waitForFunction(() => {
    const canvas = document.querySelector("canvas");
    return canvas ? [...(canvas.getContext("2d")?.getImageData(0, 0, 1, 1).data ?? [])] : null;
  });
  expect(await pixel.jsonValue()).toEqual([255, 0, 0, 255]);
  expect(elsewhere(requests)).toEqual([]);
  expect(errors).toEqual([]);
});

it("an exported page shows the selection that it was written with", async () => {
  const { page } = await openExported(`
widgets = [ls.UmapScatter(np.ones((20, 3)))]
widgets[0].selected = [0, 9]`);
  await expect.poll(() => page.locator(".selected").textContent()).toBe("1,2,0");
  await expect.poll(() => page.locator(".sum").textContent()).toBe("sum 60");
});

it("an exported page combines what each widget has selected by the rule that it was written with", async () => {
  const { page, errors } = await openExported(`
widgets = [ls.UmapScatter(np.ones((4, 3))), ls.UmapScatter(np.ones((4, 3)))]
ls.link(*widgets, how="union")
widgets[0].selected = [0]
widgets[1].selected = [2]`);
  const views = page.locator("[data-ls-view]");
  const selected = () => views.locator(".selected").allTextContents();
  await expect.poll(selected).toEqual(["5", "5"]);
  await views.nth(0).locator("button").click();
  await expect.poll(selected).toEqual(["6", "6"]);
  expect(errors).toEqual([]);
});

it("the policy of an exported page refuses every request", async () => {
  const { page, requests } = await openExported("widgets = [ls.UmapScatter(np.ones((2, 2)))]");
  const answers = await page.evaluate(() =>
    Promise.all(
      ["https://example.invalid/", "http://127.0.0.1:9/", "page.html"].map((address) =>
        fetch(address).then(
          () => "answered",
          () => "refused",
        ),
      ),
    ),
  );
  expect(answers).toEqual(["refused", "refused", "refused"]);
  expect(elsewhere(requests)).toEqual([]);
});
