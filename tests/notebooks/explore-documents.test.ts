import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExploreElement } from "../../src/entries/explore.ts";
import { launchChromium } from "../support/chromium.ts";
import { clickTile, expectExplored, expectLassoFollowed, expectOfPicture, exploredIn } from "../support/explored.ts";
import { openDocument } from "../support/observable-site.ts";

/** The tour's own network and crops, as the document's author would read them. */
const DOCUMENT = `<!doctype html>
<notebook theme="air">
  <title>A network at a glance</title>
  <script id="1" type="module">
    import {explore, Model} from "layerscope";
    const {offsets, labels, names} = JSON.parse(await FileAttachment("crops.json").text());
    const packed = new Uint8Array(await (await FileAttachment("crops.bin").blob()).arrayBuffer());
    const crops = offsets.slice(1).map((end, row) => packed.slice(offsets[row], end));
    const model = await Model.load(await FileAttachment("network.onnx").url(), {mean: [0], deviation: [1], classes: names});
  </script>
  <script id="2" type="module">
    const explored = explore({model, images: crops, labels: labels.map((label) => names[label]), title: "The network"}, {invalidation});
    globalThis.explored = explored;
    const selected = view(explored);
  </script>
  <script id="3" type="module">
    display(selected ? selected.length + " crops selected" : "no crop selected");
  </script>
</notebook>
`;

declare global {
  var explored: Pick<ExploreElement, "ready" | "value" | "toHtml" | "dispose">;
}

describe("explore in an Observable document", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it("lays out five linked widgets in one element, and writes a page of them that works with the network cut", async () => {
    const folder = "notebooks/data/picture-network";
    const names = ["crops.json", "crops.bin", "network.onnx"];
    const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
    const document = await openDocument(browser, DOCUMENT, Object.fromEntries(files));
    const { page } = document;
    const root = page.locator(".ls-explore");
    await root.waitFor({ timeout: 60_000 });
    expect(await root.locator("> header").textContent()).toBe("The network1,000 pictures");
    const parts = exploredIn(root);
    await expectExplored(parts);
    await page.evaluate(() => explored.ready);
    const count = await expectLassoFollowed(parts);
    await page.getByText(`${count} crops selected`).waitFor();
    await expectOfPicture(parts, await clickTile(parts));

    // What is selected goes along: nothing, so that the page begins as the document did.
    const exported = await page.evaluate(async () => {
      explored.value = null;
      return await (await explored.toHtml()).text();
    });
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await page.evaluate(() => explored.dispose());
    await expect.poll(() => page.locator(".layerscope").count()).toBe(0);
    await document.close();

    const written = await mkdtemp(join(tmpdir(), "layerscope-explore-"));
    await writeFile(join(written, "explore.html"), exported);
    const context = await browser.newContext({ offline: true, viewport: { width: 1240, height: 2200 } });
    const offline = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    offline.on("request", (request) => requests.push(request.url()));
    offline.on("pageerror", (error) => errors.push(String(error)));
    await offline.goto(`file://${join(written, "explore.html")}`);
    const there = exploredIn(offline.locator(".ls-explore"));
    await expectExplored(there);
    await expectLassoFollowed(there);
    await expectOfPicture(there, await clickTile(there));
    expect(requests.filter((url) => /^(https?|wss?):/.test(url))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
    await rm(written, { recursive: true, force: true });
  });
});
