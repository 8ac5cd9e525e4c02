import { copyTold } from "../../chrome/copy-text.ts";
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
      try {
        const { name, type, bytes } = await saveLayers(session, { format });
        session.host.download(name, new Blob([bytes], { type }));
        answer(`Saved ${name}`);
      } catch (thrown) {
        answer(thrown instanceof Error ? thrown.message : String(thrown));
      }
    },
    async copyCaption() {
      answer(await copyTold("caption", session.caption, root));
    },
    async copyName(name) {
      answer(await copyTold(`name ${name}`, name, root));
    },
  };
}
