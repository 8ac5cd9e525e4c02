import type { Browser, CDPSession } from "playwright-core";
import { PNG } from "pngjs";
import type { JupyterServer } from "../../support/jupyter-server.ts";
import { openNotebook } from "../../support/notebook-page.ts";
import { colouredPixels } from "../../support/pixels.ts";

interface Frame {
  readonly at: number;
  readonly coloured: number;
}

/**
 * Seconds from Shift+Enter on the second cell to the first frame that shows at least half of what the settled picture
 * shows, in a JupyterLab whose kernel has run the first alone.
 */
export async function firstPicture(
  browser: Browser,
  server: JupyterServer,
  who: string,
  [data, draw]: readonly [data: string, draw: string],
): Promise<number> {
  const notebook = await openNotebook(browser, server, await server.write(`${who}.ipynb`, [data, draw]));
  await notebook.run(0);
  await notebook.page.evaluate(() => {
    jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
  });
  const screen = await notebook.page.context().newCDPSession(notebook.page);
  const watched = watchUntilStill(screen);
  await screen.send("Page.startScreencast", { format: "png", maxWidth: 640, maxHeight: 500 });
  const pressed = Date.now();
  await notebook.page.evaluate(() => jupyterapp.commands.execute("notebook:run-cell-and-select-next"));
  const frames = await watched;
  await notebook.close();
  // The next run begins as a reader's day does: with a kernel that has imported nothing.
  await server.endSessions();
  const before = frames[0]?.coloured ?? 0;
  const settled = frames.at(-1)?.coloured ?? 0;
  const first = frames.find(({ at, coloured }) => at >= pressed && coloured - before >= (settled - before) / 2);
  if (!first) throw new Error(`${who} showed no picture.`);
  return (first.at - pressed) / 1000;
}

/** The frames that the browser composes, from the first until a picture has stayed as it is for two seconds. */
function watchUntilStill(screen: CDPSession): Promise<Frame[]> {
  return new Promise((done) => {
    const frames: Frame[] = [];
    screen.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
      // The last frames arrive while the page is being closed.
      screen.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
      const at = (metadata.timestamp ?? 0) * 1000;
      const coloured = colouredPixels(PNG.sync.read(Buffer.from(data, "base64")));
      frames.push({ at, coloured });
      const before = frames[0]?.coloured ?? 0;
      const changed = frames.findLast((frame) => frame.coloured !== coloured)?.at ?? at;
      // JupyterLab's own coloured pixels (the prompt, the focus) change by some hundreds.
      if (coloured - before > 1000 && at - changed > 2000) done(frames);
    });
  });
}
