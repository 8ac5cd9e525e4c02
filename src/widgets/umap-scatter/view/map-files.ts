import { copyTold } from "../../chrome/copy-text.ts";
import { acceptFigureOptions, type FileFormat } from "../../export/figure-options.ts";
import { giveFile } from "../../work/give-file.ts";
import { saveMap } from "../figure/save-map.ts";
import { type Crop, wholeMap } from "../figure/scatter-figure.ts";
import type { ScatterSession } from "../session.ts";

export interface MapFiles {
  save(format: FileFormat): Promise<void>;
  copyCaption(): Promise<void>;
}

/**
 * What a reader takes away from one view: files with the crop on its screen, and the caption. The view used last gives
 * the crop of figures that are asked for from outside.
 *
 * @param answer Told what became of it, for the status line.
 */
export function mapFiles(
  session: ScatterSession,
  { root, crop, answer }: { readonly root: HTMLElement; readonly crop: Crop; answer(text: string): void },
  signal: AbortSignal,
): MapFiles {
  session.crop = crop;
  signal.addEventListener(
    "abort",
    () => {
      if (session.crop === crop) session.crop = wholeMap;
    },
    { once: true },
  );
  return {
    async save(format) {
      session.crop = crop;
      await giveFile(session.host, async () => saveMap(session, acceptFigureOptions({ format }), crop), answer);
    },
    async copyCaption() {
      answer(await copyTold("caption", session.caption, root));
    },
  };
}
