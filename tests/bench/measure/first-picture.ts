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
/** A picture that stays as it was drawn is complete with so many of its pixels: the cursor blinks, names fade in. */
const COMPLETE = 0.95;
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
 * Seconds from Shift+Enter on the second cell to the first frame with the picture, in a JupyterLab whose kernel has run the
 * first alone: one that shows at least half as many coloured pixels as the settled picture, which may have moved on. Of what
 * `stays` as it was drawn, one that shows the settled picture's own pixels, all but a few: colours that stand for tiles until
 * they come don't count.
 */
export async function firstPicture(
  browser: Browser,
  server: JupyterServer,
  who: string,
  cells: readonly [data: string, draw: string],
  { stays = false } = {},
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
  const frames = await watched;
  // The next run begins as a reader's day does: with a kernel that has imported nothing.
  await server.endSessions();
  const shares = stays ? settledShares(frames) : colouredShares(frames);
  const first = frames.find(({ at }, place) => at >= pressed && (shares[place] ?? 0) >= (stays ? COMPLETE : 0.5));
  if (!first) throw new Error(`${who} showed no picture.`);
  return (first.at - pressed) / 1000;
}

/**
 * The frames that the browser composes, from the first until a picture has stayed as it is. A page at rest composes none: the
 * clock looks, not the next frame, which may be that of the notebook's being saved two minutes later.
 */
function watchUntilStill(notebook: BarePage): Promise<readonly Frame[]> {
  return new Promise((done) => {
    const frames: Frame[] = [];
    let before = 0;
    let known = { at: 0, coloured: 0 };
    let looked: Frame | undefined;
    notebook.on("Page.screencastFrame", (params) => {
      const { data, metadata, sessionId } = params as Screencast;
      // The last frames arrive while the page is being closed.
      notebook.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
      frames.push({ at: (metadata.timestamp ?? 0) * 1000, data });
    });
    // To read every frame as it comes would take the processor from who is being measured.
    const looking = setInterval(() => {
      const last = frames.at(-1);
      if (last && last !== looked) {
        const coloured = colouredIn(last.data);
        if (!looked && frames[0]) before = colouredIn(frames[0].data);
        looked = last;
        if (coloured !== known.coloured) known = { at: last.at, coloured };
      }
      if (known.coloured - before <= PICTURE || Date.now() - known.at < STILL) return;
      clearInterval(looking);
      done(frames);
    }, STILL / 2);
  });
}

/** How much of the last frame's colour each frame shows. */
function colouredShares(frames: readonly Frame[]): readonly number[] {
  const coloured = frames.map(({ data }) => colouredIn(data));
  const [before = 0] = coloured;
  const settled = coloured.at(-1) ?? 0;
  return coloured.map((count) => (count - before) / (settled - before));
}

/** How many of the pixels in which the last frame differs from the first each frame shows as the last one does. */
function settledShares(frames: readonly Frame[]): readonly number[] {
  const pixels = frames.map(({ data }) => new Uint32Array(Uint8Array.from(decode(data).data).buffer));
  const [before = new Uint32Array()] = pixels;
  const settled = pixels.at(-1) ?? before;
  const changed = [...settled.keys()].filter((place) => settled[place] !== before[place]);
  return pixels.map((frame) => changed.filter((place) => frame[place] === settled[place]).length / changed.length);
}

const decode = (png: string) => PNG.sync.read(Buffer.from(png, "base64"));
const colouredIn = (png: string) => colouredPixels(decode(png));
