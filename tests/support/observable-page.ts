import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { serveFolder } from "./static-server.ts";

const folder = resolve(import.meta.dirname, "../../notebooks/observable");

export interface ObservablePage {
  readonly page: Page;
  /** Every request that left this machine, and every error that the page met. */
  readonly outside: readonly string[];
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Build the Notebook Kit documents as their readers do, serve what came out, and open one. */
export async function openObservable(browser: Browser, name: string): Promise<ObservablePage> {
  await promisify(execFile)("npm", ["run", "build"], { cwd: folder });
  const { address, stop } = await serveFolder(resolve(folder, ".observable/dist"));
  const context = await browser.newContext({ viewport: { width: 1000, height: 1000 } });
  const outside: string[] = [];
  const errors: string[] = [];
  context.on("request", (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(address)) outside.push(request.url());
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error.stack ?? error)));
  await page.goto(`${address}/${name}`);
  return {
    page,
    outside,
    errors,
    async close() {
      await context.close();
      stop();
    },
  };
}
