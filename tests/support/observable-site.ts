import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { serveFolder } from "./static-server.ts";

const run = promisify(execFile);
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
export async function openNotebookKit(browser: Browser, name: string): Promise<ObservablePage> {
  const project = resolve(notebooks, "observable");
  await build(project, "npm", "run", "build");
  return openSite(browser, resolve(project, ".observable/dist"), name);
}

/** Build the Framework project as its readers do, serve what came out, and open its page. */
export async function openFramework(browser: Browser): Promise<ObservablePage> {
  const project = resolve(notebooks, "framework");
  await build(project, "npm", "run", "build");
  return openSite(browser, resolve(project, "dist"), "index.html");
}

/**
 * Build a Notebook Kit document that a test wrote, with what the committed one has installed, serve what came out, and
 * open it.
 *
 * @param files Attachments beside it, by name.
 */
export async function openDocument(
  browser: Browser,
  document: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<ObservablePage> {
  const installed = resolve(notebooks, "observable");
  await run(process.execPath, ["prepare.mjs"], { cwd: installed });
  const folder = await mkdtemp(join(tmpdir(), "layerscope-document-"));
  await symlink(join(installed, "node_modules"), join(folder, "node_modules"));
  for (const [name, contents] of Object.entries({ ...files, "document.html": document }))
    await writeFile(join(folder, name), contents);
  await build(folder, "node_modules/.bin/notebooks", "build", "--root", ".", "--", "document.html");
  const opened = await openSite(browser, join(folder, ".observable/dist"), "document.html");
  return {
    ...opened,
    async close() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function build(project: string, program: string, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(REFUSE_FETCH)}` };
  await run(program, args, { cwd: project, env });
}

async function openSite(browser: Browser, folder: string, name: string): Promise<ObservablePage> {
  const { address, stop } = await serveFolder(folder);
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
