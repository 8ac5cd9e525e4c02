// What relaxed SIMD could save of the comparison: how much faster products of 7 bits are than those of 16, and how many
// columns a screen by them, with a bound that hides no pair, would leave to be compared. 20,000 x 256.
import { clusteredRows } from "./data/clustered-rows.ts";
import { uneasyRows } from "./data/uneasy-rows.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { screenTiles } from "./relaxed-simd/screen-tiles.ts";
import { timeProducts } from "./relaxed-simd/time-products.ts";
import { type BenchRow, writeResult } from "./write-result.ts";

const [ROWS, COLUMNS] = [20_000, 256];

const browser = await launchOneCoreChromium();
try {
  const { multiply16, multiply7 } = await timeProducts(browser, 64);
  console.log(`a pair's column: ${multiply16.toFixed(4)} ns in 16 bits, ${multiply7.toFixed(4)} ns in 7 bits`);
  const faster = multiply16 / multiply7;
  const version = await versionOf("layerscope");
  const rows: BenchRow[] = [];
  for (const [data, make] of Object.entries({ clusters: clusteredRows, ...uneasyRows })) {
    const { exact, until, screened, again } = await screenTiles(make(ROWS, COLUMNS), faster);
    const saved = 1 - (screened / faster + again) / exact;
    rows.push({
      who: data,
      version,
      "columns in 16 bits": exact,
      "screened until column": until,
      "columns in 7 bits": screened,
      "columns again": again,
      "products saved": saved,
    });
    console.log(`${data}: ${(saved * 100).toFixed(0)} % of the products' time saved at best`);
  }
  await writeResult({
    name: "relaxed-simd",
    browser: describeBrowser(browser, "one core"),
    runs: RUNS,
    rows,
    ratios: { "16-bit products": faster },
  });
} finally {
  await browser.close();
}
