import { copyTold } from "../../chrome/copy-text.ts";
import { giveFile } from "../../work/give-file.ts";
import { type SaliencyFormat, saveSaliency } from "../figure/save-saliency.ts";
import type { SaliencyOverlaySession } from "../session.ts";

export interface OverlayFiles {
  /** A figure of what is on show, the maps' own numbers, or what is known of each. */
  save(format: SaliencyFormat): Promise<void>;
  copyCaption(): Promise<void>;
}

/**
 * What a reader takes away from saliency maps.
 *
 * @param answer Told what became of it, for the status line.
 */
export function overlayFiles(
  session: SaliencyOverlaySession,
  root: HTMLElement,
  answer: (text: string) => void,
): OverlayFiles {
  return {
    async save(format) {
      const save = async () => {
        // Half a path is no map.
        await session.whenAtRest();
        return saveSaliency(session, { format });
      };
      await giveFile(session.host, save, answer);
    },
    async copyCaption() {
      answer(await copyTold("caption", session.caption, root));
    },
  };
}
