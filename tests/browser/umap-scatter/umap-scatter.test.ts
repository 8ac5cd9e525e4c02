import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF, statusOf } from "../../support/scatter-actions.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (index = 0) => opened.page.locator(".layerscope").nth(index);
const button = (name: string) => widget().getByRole("button", { name, exact: true });
const action = (name: string) => widget().locator(".ls-status").getByRole("button", { name, exact: true });

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts");
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  await opened.close();
});

const map300 = () =>
  opened.page.evaluate(async () => {
    const { clusters, show } = globalThis.scatterPage;
    const labels = Array.from({ length: 300 }, (_, row) => ["a", "b", "<b>c</b>"][row % 3]);
    await show({ points: clusters(300, 20, 3), labels, nEpochs: 60 }).ready;
  });

describe("a map of rows", () => {
  it("is computed and drawn in the colours of its classes, with their counts in the legend", async () => {
    await map300();
    await expectInk(widget(), 0.005);
    await expect.poll(() => widget().locator(".ls-legend-row").allTextContents()).toHaveLength(3);
    expect(await widget().locator(".ls-legend-count").allTextContents()).toEqual(["100", "100", "100"]);
    expect(await widget().locator(".ls-subtitle").textContent()).toBe("300 rows × 20, seed 42");
    expect(opened.errors).toEqual([]);
  });

  it("shows labels as text, never as markup", async () => {
    await map300();
    expect(await widget().locator(".ls-legend-name").allTextContents()).toContain("<b>c</b>");
    expect(await widget().locator("b").count()).toBe(0);
  });

  it("gives the lassoed rows as its value, and takes a selection as its value", async () => {
    await map300();
    await expectInk(widget(), 0.005);
    await drawLasso(widget(), LEFT_HALF);
    await expectStatus(widget(), /of 300 selected/);
    const value = await opened.page.evaluate(() => [
      ...(document.querySelector("#root > div") as never as { value: number[] }).value,
    ]);
    expect(await statusOf(widget())).toContain(`${value.length} of 300 selected`);
    await opened.page.evaluate(() => {
      (document.querySelector("#root > div") as never as { value: number[] }).value = [4, 5];
    });
    await expectStatus(widget(), /^2 of 300 selected/);
  });

  it("selects a class by its legend, inverts, undoes and clears", async () => {
    await map300();
    await widget().locator(".ls-legend-row").first().click();
    await expectStatus(widget(), /^100 of 300 selected/);
    await action("Invert").click();
    await expectStatus(widget(), /^200 of 300 selected/);
    await action("Undo").click();
    await expectStatus(widget(), /^100 of 300 selected/);
    await action("Clear").click();
    await expectStatus(widget(), /^Selection cleared\./);
    await action("Undo").click();
    await expectStatus(widget(), /^100 of 300 selected/);
  });

  it("offers to undo only what there is to undo, and takes up again what was undone", async () => {
    await map300();
    await widget().locator(".ls-legend-row").first().click();
    await expectStatus(widget(), /^100 of 300 selected.*Undo/);
    await widget().locator(".ls-body").focus();
    await opened.page.keyboard.press("Control+z");
    await expectStatus(widget(), /^Selection cleared\./);
    expect(await action("Undo").count()).toBe(0);
    await opened.page.keyboard.press("Control+Shift+Z");
    await expectStatus(widget(), /^100 of 300 selected.*Undo/);
  });

  it("finds a row by its number", async () => {
    await map300();
    await button("Find").click();
    await opened.page.keyboard.type("17");
    await widget().getByRole("option").first().waitFor();
    await opened.page.keyboard.press("ArrowDown");
    await opened.page.keyboard.press("Enter");
    await expectStatus(widget(), /^1 of 300 selected/);
    const value = () =>
      opened.page.evaluate(() => [...(document.querySelector("#root > div") as never as { value: number[] }).value]);
    expect(await value()).toEqual([17]);
  });

  it("runs again with other settings, the old picture kept meanwhile", async () => {
    await map300();
    await button("Settings").click();
    const seed = widget().getByRole("textbox", { name: "seed" });
    await seed.fill("7");
    await seed.press("Enter");
    await expect.poll(() => widget().locator(".ls-subtitle").textContent()).toBe("300 rows × 20, seed 7");
    await expectInk(widget(), 0.005);
  });

  it("turns into three dimensions and back", async () => {
    await map300();
    await button("3-D").click();
    await widget().locator(".ls-space canvas").first().waitFor({ timeout: 60_000 });
    await button("2-D").click();
    await widget().locator(".ls-space").waitFor({ state: "detached" });
    await expectInk(widget(), 0.005);
  });
});

describe("a map that takes long", () => {
  it("stops half way at Cancel with the layout so far, and goes on from there to the end", async () => {
    await opened.page.evaluate(() => {
      const { clusters, show } = globalThis.scatterPage;
      show({ points: clusters(900, 12, 4), nEpochs: 4000 });
    });
    await expectStatus(widget(), /Laying out, .* of 4,000 rounds/);
    await action("Cancel").click();
    const sentence = await expectStatus(widget(), /Stopped at round [\d,]+ of 4,000; this is the layout so far\./);
    const stoppedAt = Number(/round ([\d,]+)/.exec(sentence)?.[1]?.replace(",", ""));
    expect(stoppedAt).toBeLessThan(4000);
    await expectInk(widget(), 0.005);
    await action("Continue").click();
    const next = await expectStatus(widget(), /Laying out, [\d,]+ of 4,000 rounds/);
    expect(Number(/out, ([\d,]+) of/.exec(next)?.[1]?.replace(",", ""))).toBeGreaterThanOrEqual(stoppedAt);
    await expect.poll(() => statusOf(widget()), { timeout: 60_000 }).not.toMatch(/Stopped|Laying/);
  });
});

describe("input that can't be mapped", () => {
  it("is answered by the row and column of the number that is none", async () => {
    await opened.page.evaluate(() => {
      const { clusters, show } = globalThis.scatterPage;
      const points = clusters(30, 4, 2);
      points[12]?.set([Number.NaN], 3);
      show({ points });
    });
    await widget().locator(".ls-card").waitFor();
    expect(await widget().locator(".ls-card").textContent()).toContain("Row 12, column 3 is NaN");
  });

  it("is answered by both numbers when there is not one label a row, and the map is drawn all the same", async () => {
    await opened.page.evaluate(() => {
      const { clusters, show } = globalThis.scatterPage;
      show({ points: clusters(60, 4, 2), labels: ["a", "b"] });
    });
    await expectStatus(widget(), /2 labels for 60 rows\./);
  });

  it("is answered by the names that are known when an option is none of them", async () => {
    await opened.page.evaluate(() => {
      const { clusters, show } = globalThis.scatterPage;
      show({ points: clusters(60, 4, 2), n_neighbours: 3 });
    });
    await expect.poll(() => opened.page.locator("#root").textContent()).toContain('unknown option: "n_neighbours"');
  });
});

describe("coordinates computed elsewhere", () => {
  it("are drawn as they are, and the status says that no UMAP was computed", async () => {
    await opened.page.evaluate(async () => {
      const { show } = globalThis.scatterPage;
      const coords = Array.from({ length: 200 }, (_, row) => [Math.cos(row), Math.sin(row)]);
      await show({ coords, color: coords.map(([x]) => x) }).ready;
    });
    await expectStatus(widget(), /Coordinates given: no UMAP was computed\./);
    await expectInk(widget(), 0.005);
    expect(await widget().locator(".ls-subtitle").textContent()).toBe("200 rows, coordinates given");
    for (const name of ["3-D", "Settings"]) expect(await button(name).count()).toBe(0);
  });
});

describe("linked maps", () => {
  it("follow each other's selection and hover", async () => {
    await opened.page.evaluate(async () => {
      const { show, link } = globalThis.scatterPage;
      const coords = Array.from({ length: 25 }, (_, row) => [row % 5, Math.floor(row / 5)]);
      const labels = coords.map((_, row) => row % 3);
      const [a, b] = [show({ coords, labels }), show({ coords, labels })];
      link(a, b);
      await Promise.all([a.ready, b.ready]);
    });
    await widget(0).locator(".ls-legend-row").nth(1).click();
    await expectStatus(widget(1), /^8 of 25 selected/);
    const rings = () =>
      widget(1)
        .locator(".ls-body canvas")
        .nth(1)
        .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    // Names are placed some frames after their marks.
    const isStill = async () => {
      const picture = await rings();
      await opened.page.evaluate(async () => {
        for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
      });
      return (await rings()) === picture;
    };
    await expect.poll(isStill).toBe(true);
    const before = await rings();
    const box = await widget(0).locator(".ls-body").boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    // Marks can be pointed at once the worker has sorted them.
    const pointAtMiddle = async () => {
      await opened.page.mouse.move(x - 30, y - 30);
      await opened.page.mouse.move(x, y);
      return rings();
    };
    await expect.poll(pointAtMiddle).not.toBe(before);
    await opened.page.mouse.move(2, 2);
    await expect.poll(rings).toBe(before);
  });

  it("are refused when their rows differ in number", async () => {
    const message = await opened.page.evaluate(async () => {
      const { clusters, show, link } = globalThis.scatterPage;
      const a = show({ points: clusters(30, 4, 2) });
      const b = show({ points: clusters(31, 4, 2) });
      try {
        link(a, b);
        return "linked";
      } catch (thrown) {
        return String(thrown);
      }
    });
    expect(message).toContain("30 rows and 31 rows");
  });
});

describe("files", () => {
  it("are saved from the toolbar with the caption inside", async () => {
    await map300();
    for (const [name, start] of [
      ["PNG", "\x89PNG"],
      ["SVG", "<"],
      ["PDF", "%PDF"],
      ["CSV", "row,class,x,y"],
    ] as const) {
      await button("Save").click();
      const [download] = await Promise.all([
        opened.page.waitForEvent("download"),
        widget().getByRole("menuitem", { name, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(
        new RegExp(`^umap-scatter-\\d{4}-\\d\\d-\\d\\d\\.${name.toLowerCase()}$`),
      );
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      const content = Buffer.concat(chunks).toString("latin1");
      expect(content.startsWith(start)).toBe(true);
      if (name === "SVG" || name === "PNG")
        expect(content).toContain("n_neighbors 15, min_dist 0.1, euclidean, PCA start, 60");
      if (name === "CSV") expect(content.trim().split("\n")).toHaveLength(301);
    }
  });

  const savedAs = async (format: string): Promise<Buffer> => {
    const base64 = await opened.page.evaluate(async (as) => {
      const element = document.querySelector("#root > div") as never as { save(as: string): Promise<Blob> };
      const bytes = new Uint8Array(await (await element.save(as)).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    }, format);
    return Buffer.from(base64, "base64");
  };

  it("have the classes with their n, in Arial's widths, whatever the format", async () => {
    await map300();
    const svg = (await savedAs("svg")).toString("utf8");
    expect(svg).toContain('font-family="Arial, Arimo, Helvetica, sans-serif"');
    const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word]) => word);
    const { lines, fonts } = await readPdf(await savedAs("pdf"));
    for (const found of [words.map((word) => word?.replaceAll("&lt;", "<").replaceAll("&gt;", ">")), lines]) {
      for (const name of ["a", "b", "<b>c</b>"]) expect(found).toContain(name);
      expect(found.filter((word) => word === "100")).toHaveLength(3);
    }
    expect(fonts.every(({ name, embedded }) => embedded && name.includes("Arimo"))).toBe(true);
    const png = PNG.sync.read(await savedAs("png"));
    expect(png.width).toBe(2102);
    // The legend's words at the right: dark on white.
    expect(darkPixels(png, 0.75)).toBeGreaterThan(500);
  });

  it("show letters that no embedded font has as pictures, which say what they are", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const labels = Array.from({ length: 60 }, (_, row) => ["葉", "plain"][row % 2]);
      await show({ points: clusters(60, 4, 2), labels, nEpochs: 20 }).ready;
    });
    const { lines, content, pictures } = await readPdf(await savedAs("pdf"));
    expect(lines).toContain("plain");
    expect(lines.some((line) => line.includes("?"))).toBe(false);
    // In UTF-16, big end first: in the legend and on the map.
    expect(content.match(/\/ActualText <FEFF8449>/g)).toHaveLength(2);
    expect(pictures.length).toBeGreaterThanOrEqual(2);
  });
});

/** Nearly black pixels right of that share of the width. */
function darkPixels({ data, width }: PNG, from: number): number {
  let dark = 0;
  for (let at = 0; at < data.length; at += 4)
    if ((at / 4) % width > from * width && (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) < 150) dark++;
  return dark;
}
