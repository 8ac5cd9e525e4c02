// Six units, five groups, a million rows: from a new selection to repainted boxes, wall time in a page with the real worker.
import { resolve } from "node:path";
import { openBrowserPage } from "../support/browser-page.ts";
import { launchChromium } from "../support/chromium.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { median, writeResult } from "./write-result.ts";

const LIMIT_S = 0.05;
/** A few tiles, a class, half of all. */
const SHARES = [0.001, 0.2, 0.5];
const TIMES = 9;
const PLOTLY = resolve("tests/bench/node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js");

const browser = await launchChromium();
try {
  const { page, errors } = await openBrowserPage(browser, resolve("tests/bench/box-page/box-page.ts"));
  await page.addScriptTag({ path: PLOTLY });
  await page.evaluate(() => window.boxBench.load());
  const shapes = { box: [] as Figures[], violin: [] as Figures[], points: [] as Figures[] };
  const plotly: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    for (const shape of ["box", "violin", "points"] as const)
      shapes[shape].push(
        await page.evaluate(([...task]) => window.boxBench.measure(...task), [shape, SHARES, TIMES] as const),
      );
    plotly.push(
      median(await page.evaluate(([...task]) => window.boxBench.measurePlotly(...task), [0.2, TIMES] as const)),
    );
  }
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const rows = Object.entries(shapes).flatMap(([shape, runs]) =>
    SHARES.map((share, place) => {
      const timesOf = (figure: "answer" | "painted") =>
        median(runs.map(({ selections }) => median((selections[place]?.times ?? []).map((times) => times[figure]))));
      return {
        who: `layerscope, ${shape}, ${share * 100} % of the rows`,
        version: "",
        wall_s: timesOf("painted"),
        answer_s: timesOf("answer"),
      };
    }),
  );
  const version = await versionOf("layerscope");
  const boxes = rows.slice(0, SHARES.length).map(({ wall_s }) => wall_s);
  await writeResult({
    name: "box-linked",
    browser: `Chromium ${browser.version()}, headless`,
    runs: RUNS,
    rows: [
      ...rows.map((row) => ({ ...row, version })),
      {
        who: "plotly.js, box, the repaint alone",
        version: await versionOf("plotly.js-cartesian-dist-min"),
        wall_s: median(plotly),
      },
      { who: "limit", version: "", wall_s: LIMIT_S },
    ],
    ratios: { limit: LIMIT_S / Math.max(...boxes) },
  });
} finally {
  await browser.close();
}

interface Figures {
  readonly selections: readonly { readonly times: readonly { readonly answer: number; readonly painted: number }[] }[];
}
