import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import type { JupyterServer } from "../../support/jupyter-server.ts";
import { colouredPixels } from "../../support/pixels.ts";
import { BarePage } from "./bare-page.ts";

/** A frame that the browser composed, as it sends them. */
interface Screencast {
  readonly data: string;
  readonly metadata: { readonly timestamp?: number };
  readonly sessionId: number;
}

interface Frame {
  /** Milliseconds of the clock. */
  readonly at: number;
  readonly data: string;
}

const VIEWPORT = { width: 1280, height: 1000, deviceScaleFactor: 1, mobile: false };
/** A picture that has not changed for so long is complete, ms. */
const STILL = 2000;
/** JupyterLab's own coloured pixels (the prompt, the focus) change by some hundreds. */
const PICTURE = 1000;

const READY = `(async () => {
  while (!globalThis.jupyterapp?.shell.currentWidget?.sessionContext) await new Promise(requestAnimationFrame);
  await jupyterapp.restored;
  const { context, sessionContext } = jupyterapp.shell.currentWidget;
  await context.ready;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
})()`;
const RUN_FIRST = `(async () => {
  const { content } = jupyterapp.shell.currentWidget;
  content.activeCellIndex = 0;
  await jupyterapp.commands.execute("notebook:run-cell");
  content.activeCellIndex = 1;
})()`;
const RUN_SECOND = `jupyterapp.commands.execute("notebook:run-cell-and-select-next").then(() => undefined)`;

/**
 * Seconds from Shift+Enter on the second cell to the first frame that shows at least half of what the settled picture
 * shows, in a JupyterLab whose kernel has run the first alone.
 */
export async function firstPicture(
  browser: Browser,
  server: JupyterServer,
  who: string,
  cells: readonly [data: string, draw: string],
): Promise<number> {
  const name = await server.write(`${who}.ipynb`, cells);
  // A workspace of its own, else Lab opens the notebooks of the page before as well.
  const address = `${server.address}/lab/workspaces/${crypto.randomUUID()}/tree/${name}`;
  await using notebook = await BarePage.open(browser, address);
  await notebook.send("Emulation.setDeviceMetricsOverride", VIEWPORT);
  await notebook.ask(READY);
  await notebook.ask(RUN_FIRST);
  const watched = watchUntilStill(notebook);
  await notebook.send("Page.startScreencast", { format: "png", maxWidth: 640, maxHeight: 500 });
  const pressed = Date.now();
  await notebook.ask(RUN_SECOND);
  const frames = (await watched).map(({ at, data }) => ({ at, coloured: colouredIn(data) }));
  // The next run begins as a reader's day does: with a kernel that has imported nothing.
  await server.endSessions();
  const before = frames[0]?.coloured ?? 0;
  const settled = frames.at(-1)?.coloured ?? 0;
  const first = frames.find(({ at, coloured }) => at >= pressed && coloured - before >= (settled - before) / 2);
  if (!first) throw new Error(`${who} showed no picture.`);
  return (first.at - pressed) / 1000;
}

/** The frames that the browser composes, from the first until a picture has stayed as it is. */
function watchUntilStill(notebook: BarePage): Promise<readonly Frame[]> {
  return new Promise((done) => {
    const frames: Frame[] = [];
    let before = 0;
    let known = { at: 0, coloured: 0 };
    let looked = Number.NEGATIVE_INFINITY;
    notebook.on("Page.screencastFrame", (params) => {
      const { data, metadata, sessionId } = params as Screencast;
      // The last frames arrive while the page is being closed.
      notebook.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
      const at = (metadata.timestamp ?? 0) * 1000;
      frames.push({ at, data });
      // To read every frame as it comes would take the processor from who is being measured.
      if (at - looked < STILL / 2) return;
      looked = at;
      const coloured = colouredIn(data);
      if (frames.length === 1) before = coloured;
      if (coloured !== known.coloured) known = { at, coloured };
      if (coloured - before > PICTURE && at - known.at >= STILL) done(frames);
    });
  });
}

function colouredIn(png: string): number {
  return colouredPixels(PNG.sync.read(Buffer.from(png, "base64")));
}
