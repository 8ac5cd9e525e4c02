import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { startServer } from "./local-server.ts";

const root = resolve(import.meta.dirname, "../..");

/** A marimo notebook open in a browser, run as an app. */
export interface MarimoPage {
  readonly page: Page;
  /** The folder that holds `marimo/`, with the notebook, and `data/`. */
  readonly folder: string;
  /** Every request that left this machine, and every error that the page met. */
  readonly outside: readonly string[];
  readonly errors: readonly string[];
  /** The widgets on the page, in the order in which they stand. */
  widget(index?: number): Locator;
  close(): Promise<void>;
}

/** Serve a committed marimo notebook and open it. */
export async function openMarimo(browser: Browser, notebook: string): Promise<MarimoPage> {
  const home = await mkdtemp(join(tmpdir(), "layerscope-marimo-"));
  const file = join(home, "marimo", "notebook.py");
  await cp(join(root, "notebooks/data/picture-network"), join(home, "data/picture-network"), { recursive: true });
  await cp(join(root, notebook), file);
  const server = await startServer({
    program: join(root, ".venv/bin/marimo"),
    args: (port) => ["run", file, "--headless", "--no-token", "--port", String(port)],
    // Its configuration is looked for from the home directory down.
    env: { ...process.env, MARIMO_SKIP_UPDATE_CHECK: "1", HOME: home, XDG_CONFIG_HOME: join(home, "config") },
    health: "/health",
    home,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 4200 } });
  // On a loaded machine what is slow has not failed.
  context.setDefaultTimeout(60_000);
  const outside: string[] = [];
  const errors: string[] = [];
  const here = new URL(server.address).host;
  const watch = (address: string) => {
    const url = new URL(address);
    if (!["data:", "blob:", "about:"].includes(url.protocol) && url.host !== here) outside.push(address);
  };
  context.on("request", (request) => watch(request.url()));
  const page = await context.newPage();
  page.on("websocket", (socket) => watch(socket.url()));
  page.on("pageerror", (error) => errors.push(String(error.stack ?? error)));
  await page.goto(server.address);
  return {
    page,
    folder: home,
    outside,
    errors,
    widget: (index = 0) => page.locator(".layerscope").nth(index),
    async close() {
      await context.close();
      await server.stop();
    },
  };
}
