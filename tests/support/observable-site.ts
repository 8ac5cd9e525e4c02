import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { serveFolder } from "./static-server.ts";

const notebooks = resolve(import.meta.dirname, "../../notebooks");

/** Ends a build that asks the network for anything, and says what it asked for. */
const REFUSE_FETCH = `globalThis.fetch=(url)=>{console.error("The build asked for "+url);process.exit(1)}`;

export interface ObservablePage {
  readonly page: Page;
  /** Every request that left this machine, and every error that the page met. */
  readonly outside: readonly string[];
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Build the Notebook Kit documents as their readers do, serve what came out, and open one. */
export function openNotebookKit(browser: Browser, name: string): Promise<ObservablePage> {
  return openSite(browser, resolve(notebooks, "observable"), ".observable/dist", name);
}

/** Build the Framework project as its readers do, serve what came out, and open its page. */
export function openFramework(browser: Browser): Promise<ObservablePage> {
  return openSite(browser, resolve(notebooks, "framework"), "dist", "index.html");
}

async function openSite(browser: Browser, project: string, built: string, name: string): Promise<ObservablePage> {
  const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(REFUSE_FETCH)}` };
  await promisify(execFile)("npm", ["run", "build"], { cwd: project, env });
  const { address, stop } = await serveFolder(resolve(project, built));
  const context = await browser.newContext({ viewport: { width: 1000, height: 1000 } });
  // On a loaded machine what is slow has not failed.
  context.setDefaultTimeout(60_000);
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
