import { copyText } from "../../chrome/copy-text.ts";
import type { MosaicSession } from "../session.ts";

export interface MosaicFiles {
  /** The tiles on show with their cells, as CSV. */
  saveReport(): Promise<void>;
  copyCaption(): Promise<void>;
}

/**
 * What a reader takes away from a mosaic.
 *
 * @param answer Told what became of it, for the status line.
 */
export function mosaicFiles(
  session: MosaicSession,
  { root, answer }: { readonly root: HTMLElement; answer(text: string): void },
  signal: AbortSignal,
): MosaicFiles {
  return {
    async saveReport() {
      try {
        const report = await session.commands.report?.({}, { signal });
        if (!report) return;
        const name = String(report.header.name);
        session.host.download(name, new Blob([report.bytes], { type: String(report.header.type) }));
        answer(`Saved ${name}`);
      } catch (thrown) {
        answer(thrown instanceof Error ? thrown.message : String(thrown));
      }
    },
    async copyCaption() {
      const copied = await copyText(session.caption, root);
      answer(copied ? "Caption copied." : "The browser did not let the caption be copied.");
    },
  };
}
