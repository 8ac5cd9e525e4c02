import { copyTold } from "../../chrome/copy-text.ts";
import { acceptPageOptions, type FileFormat } from "../../export/figure-options.ts";
import { giveFile } from "../../work/give-file.ts";
import { saveBoxes } from "../figure/save-boxes.ts";
import type { BoxPlotSession } from "../session.ts";

export interface BoxFiles {
  /** The panels on show as a figure, or the ranking on show as CSV. */
  save(format: FileFormat): Promise<void>;
  copyCaption(): Promise<void>;
}

/**
 * What a reader takes away from box plots.
 *
 * @param answer Told what became of it, for the status line.
 */
export function boxFiles(session: BoxPlotSession, root: HTMLElement, answer: (text: string) => void): BoxFiles {
  return {
    async save(format) {
      await giveFile(session.host, async () => saveBoxes(session, acceptPageOptions({ format })), answer);
    },
    async copyCaption() {
      answer(await copyTold("caption", session.caption, root));
    },
  };
}
