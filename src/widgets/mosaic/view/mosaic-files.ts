import { ComputeError } from "../../../compute/errors.ts";
import type { Progress } from "../../../compute/job.ts";
import { copyTold } from "../../chrome/copy-text.ts";
import { acceptPageOptions, type FileFormat } from "../../export/figure-options.ts";
import { progressSentence } from "../../work/progress-sentence.ts";
import type { ViewStatus } from "../../work/view-status.ts";
import { type Crop, wholeMosaic } from "../figure/crop.ts";
import { saveMosaic } from "../figure/save-mosaic.ts";
import type { MosaicSession } from "../session.ts";

export interface MosaicFiles {
  /** A figure of the crop on this view's screen, or the tiles on show with their cells as CSV. */
  save(format: FileFormat): Promise<void>;
  copyCaption(): Promise<void>;
}

/** The view that files are of. */
export interface FilesView {
  readonly root: HTMLElement;
  readonly crop: Crop;
  readonly status: Pick<ViewStatus, "answer" | "showTask">;
}

/**
 * What a reader takes away from one view. The view used last gives the crop of figures that are asked for from outside.
 */
export function mosaicFiles(
  session: MosaicSession,
  { root, crop, status }: FilesView,
  signal: AbortSignal,
): MosaicFiles {
  let saving: AbortController | null = null;
  session.crop = crop;
  signal.addEventListener(
    "abort",
    () => {
      if (session.crop === crop) session.crop = wholeMosaic;
    },
    { once: true },
  );
  return {
    async save(format) {
      session.crop = crop;
      saving?.abort();
      const own = new AbortController();
      saving = own;
      const startedAt = performance.now();
      const onProgress = (progress: Progress): void => {
        if (saving !== own) return;
        const cancel = { name: "Cancel", run: () => own.abort() };
        status.showTask(progressSentence(progress, startedAt, performance.now()), [cancel]);
      };
      try {
        const job = { signal: AbortSignal.any([own.signal, signal]), onProgress };
        const { name, type, bytes } = await saveMosaic(session, acceptPageOptions({ format }), crop, job);
        session.host.download(name, new Blob([bytes], { type }));
        status.answer(`Saved ${name}`);
      } catch (thrown) {
        if (saving === own && !signal.aborted) status.answer(ComputeError.from(thrown).message);
      } finally {
        if (saving === own) {
          saving = null;
          status.showTask(null);
        }
      }
    },
    async copyCaption() {
      status.answer(await copyTold("caption", session.caption, root));
    },
  };
}
