// A million points in one page, software GL, wall time: first picture, pan, hover, lasso, against regl-scatterplot.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Browser, JSHandle, Page } from "playwright-core";
import { openBrowserPage } from "../support/browser-page.ts";
import { launchChromium } from "../support/chromium.ts";
import type { Contender } from "./scatter-1m-page.ts";
import { median, writeResult } from "./write-result.ts";

const RUNS = 5;
const STEPS = 5;
const ENTRY = resolve("tests/bench/scatter-1m-page.ts");
const NAMES = ["layerscope", "regl-scatterplot"] as const;
type Name = (typeof NAMES)[number];

/** Seconds each. */
interface Figures {
  readonly firstPicture: number;
  readonly pan: number;
  readonly hover: number;
  readonly lasso: number;
}

async function measure(browser: Browser, who: Name): Promise<Figures> {
  const { page, errors, close } = await openBrowserPage(browser, ENTRY);
  const contender = await page.evaluateHandle((name) => window.contenders[name](), who);
  const firstPicture = await contender.evaluate((it) => it.firstPicture());
  await contender.evaluate((it) => it.ready());
  const hover = await measureHover(page, contender);
  const pan = await measurePan(page, contender);
  const lasso = await measureLasso(page, contender);
  if (errors.length > 0) throw new Error(`${who}: ${errors.join("\n")}`);
  await close();
  return { firstPicture, pan, hover, lasso };
}

// The page listens before the mouse moves: what a handle holds is there, a call alone may arrive after the event.

async function measureHover(page: Page, contender: JSHandle<Contender>): Promise<number> {
  const rows = Array.from({ length: STEPS }, (_, step) => step * 199_999 + 17);
  const places = await contender.evaluate((it, visited) => it.places(visited), rows);
  const seconds: number[] = [];
  for (const [x, y] of places) {
    const armed = await contender.evaluateHandle((it) => ({ seconds: it.nextHover() }));
    await page.mouse.move(x, y);
    seconds.push(await armed.evaluate((it) => it.seconds));
  }
  return median(seconds);
}

async function measurePan(page: Page, contender: JSHandle<Contender>): Promise<number> {
  await contender.evaluate((it) => it.use("pan"));
  await page.mouse.move(300, 250);
  await page.mouse.down();
  await page.mouse.move(310, 250);
  await contender.evaluate((it) => it.idle());
  const seconds: number[] = [];
  for (let step = 1; step <= STEPS; step++) {
    const armed = await contender.evaluateHandle((it) => ({ seconds: it.nextPan() }));
    await page.mouse.move(310 + 11 * step, 250 - 7 * step);
    seconds.push(await armed.evaluate((it) => it.seconds));
  }
  await page.mouse.up();
  await contender.evaluate((it) => it.idle());
  return median(seconds);
}

async function measureLasso(page: Page, contender: JSHandle<Contender>): Promise<number> {
  await contender.evaluate((it) => it.use("lasso"));
  const corner = (share: number) =>
    [390 + 200 * Math.cos(2 * Math.PI * share), 260 + 150 * Math.sin(2 * Math.PI * share)] as const;
  await page.mouse.move(...corner(0));
  await page.mouse.down();
  for (let step = 1; step < 24; step++) await page.mouse.move(...corner(step / 24));
  await contender.evaluate((it) => it.idle());
  const armed = await contender.evaluateHandle((it) => ({ answer: it.nextLasso() }));
  await page.mouse.up();
  const { seconds, rows } = await armed.evaluate((it) => it.answer);
  if (rows < 100_000) throw new Error(`The lasso caught ${rows} rows only.`);
  return seconds;
}

const browser = await launchChromium();
try {
  const measured: Record<Name, Figures[]> = { layerscope: [], "regl-scatterplot": [] };
  for (let run = 0; run < RUNS; run++) {
    for (const who of NAMES) {
      const figures = await measure(browser, who);
      measured[who].push(figures);
      console.log(who, figures);
    }
  }
  const versionOf = async (file: string) => JSON.parse(await readFile(resolve(file), "utf8")).version as string;
  const versions = {
    layerscope: await versionOf("package.json"),
    "regl-scatterplot": await versionOf("node_modules/regl-scatterplot/package.json"),
  };
  const medianOf = (who: Name, figure: keyof Figures) => median(measured[who].map((figures) => figures[figure]));
  const ratioOf = (figure: keyof Figures) => medianOf("regl-scatterplot", figure) / medianOf("layerscope", figure);
  await writeResult({
    name: "scatter-1m",
    browser: `Chromium ${browser.version()}, headless, software GL`,
    runs: RUNS,
    rows: NAMES.map((who) => ({
      who,
      version: versions[who],
      first_picture_s: medianOf(who, "firstPicture"),
      pan_s: medianOf(who, "pan"),
      hover_s: medianOf(who, "hover"),
      lasso_s: medianOf(who, "lasso"),
    })),
    ratios: {
      "first-picture": ratioOf("firstPicture"),
      pan: ratioOf("pan"),
      hover: ratioOf("hover"),
      lasso: ratioOf("lasso"),
    },
  });
} finally {
  await browser.close();
}
