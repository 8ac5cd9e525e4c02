import { readFile } from "node:fs/promises";
import asc from "assemblyscript/asc";
import type { Browser } from "playwright-core";
import { pageCpuSeconds } from "../measure/page-processes.ts";
import { RUNS } from "../measure/runs.ts";
import { median } from "../write-result.ts";

/** Of one call: 256 rows against 512. */
const PAIRS = 256 * 512;
const CALLS = 400;

export type Product = "multiply16" | "multiply7";

/** CPU nanoseconds that the products of a pair of rows take a column, by the width of the whole numbers; medians. */
export async function timeProducts(browser: Browser, columns: number): Promise<Record<Product, number>> {
  const output = "build/relaxed-simd.wasm";
  const features = ["--enable", "simd", "--enable", "relaxed-simd"];
  const { error, stderr } = await asc.main([
    "tests/bench/relaxed-simd/kernels/products.ts",
    "-o",
    output,
    "-O3",
    "--noAssert",
    "--runtime",
    "stub",
    "--initialMemory",
    "16",
    ...features,
  ]);
  if (error) throw new Error(`AssemblyScript could not compile the products: ${stderr.toString()}`);
  const code = [...(await readFile(output))];
  const context = await browser.newContext();
  const page = await context.newPage();
  const kernels = await page.evaluateHandle(async (bytes) => {
    const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes));
    return instance.exports as unknown as Record<Product, (strips: number, panels: number, columns: number) => number>;
  }, code);
  const run = (which: Product) =>
    kernels.evaluate(
      (exported, [name, calls, width]) => {
        for (let call = 0; call < calls; call++) exported[name](1024, 512 * 1024, width);
      },
      [which, CALLS, columns] as const,
    );
  const seconds: Record<Product, number[]> = { multiply16: [], multiply7: [] };
  for (let round = -1; round < RUNS; round++)
    for (const which of ["multiply16", "multiply7"] as const) {
      const before = await pageCpuSeconds(browser);
      await run(which);
      // The first round compiles.
      if (round >= 0) seconds[which].push((await pageCpuSeconds(browser)) - before);
    }
  await context.close();
  const each = (which: Product) => (median(seconds[which]) / (CALLS * PAIRS * columns)) * 1e9;
  return { multiply16: each("multiply16"), multiply7: each("multiply7") };
}
