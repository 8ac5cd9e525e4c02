import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { JupyterServer } from "./jupyter-server.ts";

/** What the page's own scripts see of Jupyter's application object (`expose_app_in_browser`). */
interface JupyterApp {
  readonly restored: Promise<void>;
  readonly commands: { execute(name: string, options?: object): Promise<unknown> };
  readonly shell: {
    readonly currentWidget: {
      readonly context: { readonly ready: Promise<void>; save(): Promise<void> };
      readonly content: { activeCellIndex: number; readonly widgets: { readonly length: number } };
      readonly sessionContext: {
        readonly ready: Promise<void>;
        readonly session: {
          readonly kernel: {
            readonly info: Promise<unknown>;
            requestExecute(content: object): {
              onIOPub: (message: { header: { msg_type: string }; content: Record<string, unknown> }) => void;
              readonly done: Promise<unknown>;
            };
          };
        };
      };
    };
  };
}

declare global {
  var jupyterapp: JupyterApp;
}

/** A notebook open in a browser, driven through Jupyter's application object and looked at as a reader would. */
export interface NotebookPage {
  readonly page: Page;
  /** Every request that left this machine, and every error that the page met. */
  readonly outside: readonly string[];
  readonly errors: readonly string[];
  /** Run every cell; resolves when all have run. */
  runAll(): Promise<void>;
  /** Run one cell, counted from 0; resolves when it has run. */
  run(cell: number): Promise<void>;
  /** What a line of Python prints in the notebook's kernel, past the notebook. */
  ask(code: string): Promise<string>;
  /** Ask until the answer satisfies `good`; rejects with the last answer after `seconds`. */
  askUntil(code: string, good: (answer: string) => boolean, seconds?: number): Promise<string>;
  /** The widgets on the page, in the order in which they stand. */
  widget(index?: number): Locator;
  save(): Promise<void>;
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Open a notebook of the server in a fresh browser context and wait until its kernel answers. */
export async function openNotebook(
  browser: Browser,
  server: JupyterServer,
  name: string,
  options: BrowserContextOptions = {},
): Promise<NotebookPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
  // On a loaded machine what is slow has not failed.
  context.setDefaultTimeout(60_000);
  const outside: string[] = [];
  const errors: string[] = [];
  watchNetwork(context, server, outside);
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error.stack ?? error)));
  // A workspace of its own, else Lab opens the notebooks of the page before as well.
  const lab = `/lab/workspaces/${crypto.randomUUID()}/tree/`;
  await page.goto(`${server.address}${server.kind === "lab" ? lab : "/notebooks/"}${name}`);
  await ready(page);

  const ask = (code: string) =>
    page.evaluate(async (code) => {
      let printed = "";
      const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
      const request = kernel.requestExecute({ code, store_history: false });
      request.onIOPub = ({ header, content }) => {
        if (header.msg_type === "stream") printed += String(content.text);
        if (header.msg_type === "error") printed += `${content.ename}: ${content.evalue}`;
      };
      await request.done;
      return printed.trim();
    }, code);

  return {
    page,
    outside,
    errors,
    runAll: () => page.evaluate(() => jupyterapp.commands.execute("notebook:run-all-cells")).then(() => undefined),
    run: (cell) =>
      page.evaluate(async (cell) => {
        jupyterapp.shell.currentWidget.content.activeCellIndex = cell;
        await jupyterapp.commands.execute("notebook:run-cell");
      }, cell),
    ask,
    async askUntil(code, good, seconds = 20) {
      const deadline = Date.now() + seconds * 1000;
      let answer = await ask(code);
      while (!good(answer)) {
        if (Date.now() > deadline) throw new Error(`${code} still answers ${JSON.stringify(answer)}`);
        answer = await ask(code);
      }
      return answer;
    },
    widget: (index = 0) => page.locator(".layerscope").nth(index),
    save: () => page.evaluate(() => jupyterapp.shell.currentWidget.context.save()),
    async reload() {
      await page.reload();
      await ready(page);
    },
    close: () => context.close(),
  };
}

function watchNetwork(context: BrowserContext, server: JupyterServer, outside: string[]): void {
  const here = new URL(server.address).host;
  const watch = (address: string) => {
    const url = new URL(address);
    if (!["data:", "blob:", "file:", "about:"].includes(url.protocol) && url.host !== here) outside.push(address);
  };
  context.on("request", (request) => watch(request.url()));
  context.on("page", (page) => page.on("websocket", (socket) => watch(socket.url())));
}

async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.jupyterapp?.shell.currentWidget?.sessionContext);
  await page.evaluate(async () => {
    await jupyterapp.restored;
    const { context, sessionContext } = jupyterapp.shell.currentWidget;
    await context.ready;
    await sessionContext.ready;
    await sessionContext.session.kernel.info;
  });
}
