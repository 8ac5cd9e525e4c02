import { copyTold } from "../../chrome/copy-text.ts";
import type { FileFormat } from "../../export/figure-options.ts";
import { giveFile } from "../../work/give-file.ts";
import { saveMaps } from "../figure/save-maps.ts";
import type { FeatureMapGridSession } from "../session.ts";

export interface MapFiles {
  /** The maps as a figure of as many pages as it takes, or the channels' statistics as CSV. */
  save(format: FileFormat): Promise<void>;
  copyCaption(): Promise<void>;
}

/**
 * What a reader takes away from feature maps.
 *
 * @param answer Told what became of it, for the status line.
 */
export function mapFiles(session: FeatureMapGridSession, root: HTMLElement, answer: (text: string) => void): MapFiles {
  return {
    async save(format) {
      await giveFile(session.host, async () => saveMaps(session, { format }), answer);
    },
    async copyCaption() {
      answer(await copyTold("caption", session.caption, root));
    },
  };
}
