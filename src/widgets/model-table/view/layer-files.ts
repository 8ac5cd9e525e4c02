import { copyTold } from "../../chrome/copy-text.ts";
import { giveFile } from "../../work/give-file.ts";
import { saveLayers } from "../figure/save-layers.ts";
import type { ModelTableSession } from "../session.ts";

export interface LayerFiles {
  /** The table as a figure ("png", "svg", "pdf"), as "csv", or as text ("txt"). */
  save(format: string): Promise<void>;
  copyCaption(): Promise<void>;
  copyName(name: string): Promise<void>;
}

/**
 * What a reader takes away from a layer table.
 *
 * @param answer Told what became of it, for the status line.
 */
export function layerFiles(session: ModelTableSession, root: HTMLElement, answer: (text: string) => void): LayerFiles {
  return {
    async save(format) {
      await giveFile(session.host, async () => saveLayers(session, { format }), answer);
    },
    async copyCaption() {
      answer(await copyTold("caption", session.caption, root));
    },
    async copyName(name) {
      answer(await copyTold(`name ${name}`, name, root));
    },
  };
}
