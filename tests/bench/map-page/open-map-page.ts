import { resolve } from "node:path";
import type { Browser, JSHandle } from "playwright-core";
import type { Matrix } from "../../../src/compute/matrix.ts";
import { openBrowserPage } from "../../support/browser-page.ts";
import { pageCpuSeconds } from "../measure/page-processes.ts";
import type { MapTask, PageContender, PageMap } from "./map-page.ts";

const ENTRY = resolve("tests/bench/map-page/map-page.ts");
const ROWS_ADDRESS = "http://localhost/rows.bin";
/** A browser that is handed more than a hundred megabytes at once ends. */
const PIECE_BYTES = 16 * 2 ** 20;

export interface MeasuredMap {
  readonly cpu_s: number;
  readonly wall_s: number;
  /** Still in the page; read what is needed of it. */
  readonly map: JSHandle<PageMap>;
}

export interface OpenMapPage {
  /** Bring rows into the page. */
  load(points: Matrix): Promise<void>;
  /** Map the rows, or the `first` of them. */
  run(who: PageContender, task: MapTask, first?: number): Promise<MeasuredMap>;
  /** Our engine alone: the first `fitted` rows mapped, the others placed in that map, which alone is timed. */
  transform(task: MapTask, fitted: number): Promise<{ readonly wall_s: number; readonly map: JSHandle<PageMap> }>;
  close(): Promise<void>;
}

/** Open a page, in processes of its own, in which the browser's contenders can run. */
export async function openMapPage(browser: Browser): Promise<OpenMapPage> {
  const { page, errors, close } = await openBrowserPage(browser, ENTRY);
  const inspector = await page.context().newCDPSession(page);
  // What opening the page and bringing the rows left behind is no part of what a contender takes.
  const collectGarbage = () => inspector.send("HeapProfiler.collectGarbage");
  await collectGarbage();
  let rows = 0;
  return {
    async load(points) {
      rows = points.rows;
      const { data, columns } = points;
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      await page.route(`${ROWS_ADDRESS}*`, (route) => {
        const from = Number(new URL(route.request().url()).searchParams.get("from"));
        const body = bytes.subarray(from, from + PIECE_BYTES);
        return route.fulfill({ contentType: "application/octet-stream", body });
      });
      await page.evaluate(([address, piece, ...shape]) => window.mapPage.load(address, piece, ...shape), [
        ROWS_ADDRESS,
        PIECE_BYTES,
        rows,
        columns,
      ] as const);
      await collectGarbage();
    },
    async run(who, task, first = rows) {
      const prepared = await page.evaluateHandle(([name, count, asked]) => window.mapPage.prepare(name, count, asked), [
        who,
        first,
        task,
      ] as const);
      const before = await pageCpuSeconds(browser);
      const map = await prepared.evaluateHandle((make) => make());
      const cpu_s = (await pageCpuSeconds(browser)) - before;
      await throwUnlessWhole(map, who);
      return { cpu_s, wall_s: await map.evaluate(({ seconds }) => seconds), map };
    },
    async transform(task, fitted) {
      const map = await page.evaluateHandle(([count, asked]) => window.mapPage.transform(count, asked), [
        fitted,
        task,
      ] as const);
      await throwUnlessWhole(map, "layerscope");
      return { wall_s: await map.evaluate(({ seconds }) => seconds), map };
    },
    close,
  };

  async function throwUnlessWhole(map: JSHandle<PageMap>, who: PageContender): Promise<void> {
    const wrong = await map.evaluate(({ positions }) => positions.findIndex((value) => !Number.isFinite(value)));
    if (errors.length > 0 || wrong >= 0)
      throw new Error(`${who}: ${errors.join("\n") || `position ${wrong} is no number`}`);
  }
}
