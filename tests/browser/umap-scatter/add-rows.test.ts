import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { expectStatus, statusOf } from "../../support/scatter-actions.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = () => opened.page.locator(".layerscope").first();

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts", {
    viewport: { width: 700, height: 1400 },
  });
  await opened.page.evaluate(async () => {
    const { clusters, show } = globalThis.scatterPage;
    globalThis.rows = clusters(420, 8, 4);
    const labels = Array.from({ length: 400 }, (_, row) => `class ${row % 4}`);
    const names = labels.map((_, row) => `first ${row}`);
    globalThis.grown = show({ points: globalThis.rows.slice(0, 400), labels, names, nEpochs: 60 });
    await globalThis.grown.ready;
  });
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

const csv = () =>
  opened.page.evaluate(async () => (await (await globalThis.grown.save("csv")).text()).trim().split("\n"));
const captionOf = () =>
  opened.page.evaluate(
    async () => /<desc[^>]*>([^<]*)/.exec(await (await globalThis.grown.save("svg")).text())?.[1] ?? "",
  );
const add = (from: number, to: number, facts = {}) =>
  opened.page.evaluate(
    async ([first, last, told]) => {
      const rows = globalThis.rows.slice(first, last);
      return await globalThis.grown.addRows(rows, told).then(() => "added", String);
    },
    [from, to, facts] as const,
  );

describe("rows that are added to a map", () => {
  it("settle among the others, whose own keep their bits", async () => {
    const [before, after] = await opened.page.evaluate(async () => {
      const first = [...(globalThis.grown.embedding ?? [])];
      await globalThis.grown.addRows(globalThis.rows.slice(400));
      return [first, [...(globalThis.grown.embedding ?? [])]];
    });
    expect(after).toHaveLength(840);
    expect(after?.slice(0, 800)).toEqual(before);
    expect(after?.slice(800).every(Number.isFinite)).toBe(true);
    // Each lies with its own cluster: the mean of the cluster's first rows is nearest to it.
    const place = (row: number) => [after?.[2 * row] ?? 0, after?.[2 * row + 1] ?? 0] as const;
    const distance = (a: number, b: number) => Math.hypot(place(a)[0] - place(b)[0], place(a)[1] - place(b)[1]);
    for (let row = 400; row < 420; row++) {
      const nearest = Array.from({ length: 400 }, (_, other) => other).sort(
        (a, b) => distance(row, a) - distance(row, b),
      );
      expect((nearest[0] ?? 0) % 4).toBe(row % 4);
    }
    await expectStatus(widget(), /20 rows added; the others stay where they are\./);
  });

  it("are rows like any other: told of, in every file, selected and measured", async () => {
    await opened.page.evaluate(() => {
      globalThis.grown.value = [1, 398];
    });
    expect(await add(400, 402, { labels: ["new", "class 1"], names: ["last a", "last b"] })).toBe("added");
    expect(await opened.page.evaluate(() => [...(globalThis.grown.value ?? [])])).toEqual([1, 398]);
    const lines = await csv();
    expect(lines).toHaveLength(403);
    expect(lines[401]).toContain("last a");
    expect(lines[401]).toContain("new");
    expect(lines[1]).toContain("first 0");
    await widget().locator(".ls-legend").getByText("new").waitFor();
    await opened.page.evaluate(() => {
      globalThis.grown.value = [401];
    });
    expect(await opened.page.evaluate(() => [...(globalThis.grown.value ?? [])])).toEqual([401]);
    const perRow = await opened.page.evaluate(async () => (await globalThis.grown.quality()).perRow as Float32Array);
    expect(Object.keys(perRow)).toHaveLength(402);
    expect(await widget().locator("[aria-label*='402 rows']").count()).toBeGreaterThan(0);
  });

  it("have no label, name or picture where none is told, and a second time follows the first", async () => {
    expect(await add(400, 410)).toBe("added");
    expect(await add(410, 420, { labels: new Array(10).fill("class 0") })).toBe("added");
    const lines = await csv();
    expect(lines).toHaveLength(421);
    expect(lines.filter((line) => line.includes("class"))).toHaveLength(411);
    expect(await captionOf()).toContain("UMAP of 420 rows × 8, the last 10 added to the map of the others");
  });

  it("belong to the map of all rows once a parameter is changed", async () => {
    expect(await add(400, 420)).toBe("added");
    const whole = await opened.page.evaluate(async () => {
      globalThis.grown.update({ minDist: 0.5 });
      const all = globalThis.scatterPage.show({ points: globalThis.rows, nEpochs: 60, minDist: 0.5 });
      await all.ready;
      return [...(all.embedding ?? [])];
    });
    expect(whole).toHaveLength(840);
    await expect
      .poll(() => opened.page.evaluate(() => [...(globalThis.grown.embedding ?? [])]), { timeout: 20_000 })
      .toEqual(whole);
    const caption = await captionOf();
    expect(caption).toContain("min_dist 0.5");
    expect(caption).not.toContain("added");
  });

  it("that can't be added are refused in a sentence, and the map stays as it was", async () => {
    const before = await csv();
    const refused = await opened.page.evaluate(async () => {
      const { grown, rows } = globalThis;
      const say = (added: Float32Array[], facts = {}) => grown.addRows(added, facts).then(() => "added", String);
      const broken = rows[401]?.slice() ?? new Float32Array();
      broken[3] = Number.NaN;
      return [
        await say(rows.slice(400, 402).map((row) => row.slice(1))),
        await say(rows.slice(400, 403), { labels: ["a"] }),
        await say(rows.slice(400, 402), { names: ["a", "b", "c"] }),
        await say([broken]),
      ];
    });
    expect(refused[0]).toContain("rows: expected 8 columns as in the map, got 7.");
    expect(refused[1]).toContain("1 labels for 3 rows. Pass one a row in labels.");
    expect(refused[2]).toContain("3 names for 2 rows.");
    expect(refused[3]).toMatch(/NaN/);
    expect(await csv()).toEqual(before);
    expect(await statusOf(widget())).toMatch(/The map is as it was\./);
    expect(await add(400, 420)).toBe("added");
  });

  it("come to the same places when the page is loaded again, and a change of looks leaves them there", async () => {
    const [grown, again, later] = await opened.page.evaluate(async () => {
      const { rows } = globalThis;
      const first = globalThis.grown.embedding?.slice() ?? new Float32Array();
      await globalThis.grown.addRows(rows.slice(400));
      const placed = { key: "first", shape: [400, 2], bytes: 0, read: async () => first };
      const loaded = globalThis.scatterPage.show({ points: rows, placed, nEpochs: 60 });
      await loaded.ready;
      const places = [globalThis.grown, loaded].map((map) => [...(map.embedding ?? [])]);
      globalThis.grown.update({ title: "Other", labels: rows.map((_, row) => row % 2) });
      return [...places, [...(globalThis.grown.embedding ?? [])]];
    });
    expect(grown).toHaveLength(840);
    expect(again).toEqual(grown);
    expect(later).toEqual(grown);
    expect(await captionOf()).toContain("the last 20 added");
  });

  it("are given up for whatever else is asked for while they settle", async () => {
    const [said, title] = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const many = clusters(400, 8, 4);
      globalThis.grown.remove();
      globalThis.grown = show({ points: many.slice(0, 60), nEpochs: 20_000 });
      await globalThis.grown.ready;
      const map = () => globalThis.grown.querySelector("[aria-label*='400 rows']");
      const adding = globalThis.grown.addRows(many.slice(60)).then(() => "added", String);
      while (!map()) await new Promise(requestAnimationFrame);
      globalThis.grown.update({ title: "Other" });
      const answer = await adding;
      return [answer, globalThis.grown.querySelector(".ls-title")?.textContent];
    });
    expect(said).toContain("Stopped");
    expect(title).toBe("Other");
    expect(await csv()).toHaveLength(61);
    expect(await widget().locator("[aria-label*='60 rows']").count()).toBeGreaterThan(0);
    await expectStatus(widget(), /The map is as it was\./);
  });

  it("are held, moved by single rounds and let go on while they settle", async () => {
    const button = (name: string) => widget().getByRole("button", { name, exact: true });
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const many = clusters(400, 8, 4);
      globalThis.grown.remove();
      globalThis.grown = show({ points: many.slice(0, 60), nEpochs: 20_000 });
      await globalThis.grown.ready;
      globalThis.adding = globalThis.grown.addRows(many.slice(60)).then(() => "added", String);
    });
    await button("Pause").click();
    const held = await expectStatus(widget(), /Paused at round [\d,]+ of 20,000\./);
    const round = Number(/round ([\d,]+)/.exec(held)?.[1]?.replaceAll(",", ""));
    expect(round).toBeLessThan(20_000);
    await button("Step").click();
    await expectStatus(widget(), new RegExp(`Paused at round ${(round + 1).toLocaleString("en-US")} of`));
    await opened.page.evaluate(() => globalThis.grown.step(3));
    await expectStatus(widget(), new RegExp(`Paused at round ${(round + 4).toLocaleString("en-US")} of`));
    await button("Continue").click();
    expect(await opened.page.evaluate(() => globalThis.adding)).toBe("added");
    const held400 = await opened.page.evaluate(() => [...(globalThis.grown.embedding ?? [])]);
    const undisturbed = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const many = clusters(400, 8, 4);
      const other = show({ points: many.slice(0, 60), nEpochs: 20_000 });
      await other.ready;
      await other.addRows(many.slice(60));
      return [...(other.embedding ?? [])];
    });
    expect(held400).toEqual(undisturbed);
  });

  it("are entered into the lists of neighbours that are there: none is searched again, but where PCA made them", async () => {
    await opened.page.evaluate(() => {
      globalThis.searches = [];
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message: { name?: string; input?: { neighbors?: unknown } }, ...rest) {
        if (message.name === "umap") globalThis.searches.push(message.input?.neighbors === undefined);
        return Reflect.apply(post, this, [message, ...rest]);
      };
    });
    const searches = () => opened.page.evaluate(() => globalThis.searches.splice(0));
    expect(await add(400, 410)).toBe("added");
    expect(await add(410, 415)).toBe("added");
    expect(await searches()).toEqual([false, false]);
    await opened.page.evaluate(() => globalThis.grown.update({ pca: 4 }));
    await expectStatus(widget(), /PCA to 4 of 8 columns/);
    expect(await searches()).toEqual([true]);
    expect(await add(415, 420)).toBe("added");
    expect(await searches()).toEqual([true]);
  });

  it("take a widget out of the group whose rows it shared", async () => {
    await opened.page.evaluate(async () => {
      const { show, link } = globalThis.scatterPage;
      globalThis.other = show({ points: globalThis.rows.slice(0, 400), nEpochs: 60 });
      await globalThis.other.ready;
      link(globalThis.grown, globalThis.other);
      globalThis.grown.value = [7];
    });
    expect(await add(400, 420)).toBe("added");
    // What is selected stands where the sentence would.
    await opened.page.evaluate(() => {
      globalThis.grown.value = null;
    });
    await expectStatus(widget(), /The widgets that it was linked with have other rows now/);
    const values = await opened.page.evaluate(() => {
      globalThis.grown.value = [419];
      return [globalThis.grown, globalThis.other].map((map) => [...(map.value ?? [])]);
    });
    expect(values).toEqual([[419], [7]]);
  });
});

declare global {
  var rows: Float32Array[];
  var grown: ReturnType<typeof globalThis.scatterPage.show>;
  var other: ReturnType<typeof globalThis.scatterPage.show>;
  var adding: Promise<string>;
  /** Of each map asked for: whether its neighbours are to be searched. */
  var searches: boolean[];
}
