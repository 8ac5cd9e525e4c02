import { build } from "esbuild";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { esbuildPlugin } from "../../scripts/bundle-plugins.mjs";

export interface BrowserPage {
  readonly page: Page;
  /** What the page wrote to its console as an error, and what it threw. */
  readonly errors: readonly string[];
  /** Addresses that the page asked for besides itself; all were refused. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Localhost, because a secure context is what notebooks have: WebGPU and the clipboard need one. */
const LOCALHOST = "http://localhost/";

/** A test's page script, bundled as the product is; the same entry is bundled once. */
const bundles = new Map<string, Promise<string>>();

/** The script of a path to a TypeScript file, to run in a page. */
export function bundle(entry: string): Promise<string> {
  const known = bundles.get(entry);
  if (known) return known;
  const made = build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { "define.amd": "false" },
    // Files beside the built package: served by the test that needs them.
    external: ["./parts/*"],
    plugins: [esbuildPlugin()],
  }).then((result) => result.outputFiles[0]?.text ?? "");
  bundles.set(entry, made);
  return made;
}

/**
 * Open a page that runs `entry` (a path to a TypeScript file) and holds nothing but `<div id="root">`. Whatever it asks
 * the network for is refused and written down.
 */
export async function openBrowserPage(
  browser: Browser,
  entry: string,
  options: BrowserContextOptions & { readonly head?: string; readonly address?: string } = {},
): Promise<BrowserPage> {
  const { head = "", address = LOCALHOST, ...contextOptions } = options;
  const script = await bundle(entry);
  const context = await browser.newContext({ viewport: { width: 1040, height: 700 }, ...contextOptions });
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.route("**/*", async (route) => {
    const asked = route.request().url();
    if (asked === address) {
      const body = `<!doctype html><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">${head}<body style="margin:20px"><div id="root"></div></body>`;
      return route.fulfill({ contentType: "text/html", body });
    }
    requests.push(asked);
    return route.abort();
  });
  await page.goto(address);
  await page.addScriptTag({ content: script });
  return { page, errors, requests, close: () => context.close() };
}
