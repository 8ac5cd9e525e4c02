import type { ComputeError } from "../../../compute/errors.ts";
import type { Progress } from "../../../compute/job.ts";
import type { UmapResult } from "../../../compute/umap/result.ts";
import type { MapFrame } from "../../map/compute-map.ts";
import type { Layout, Origin } from "../../map/layout.ts";
import type { RunEvents } from "../../map/map-runs.ts";
import { recallSentence } from "../../map/recall-sentence.ts";
import { showProgress } from "../../map/show-progress.ts";
import { umapOrigin } from "../../map/umap-origin.ts";
import { formatCount } from "../../theme/numbers.ts";
import type { MosaicSession } from "../session.ts";

/** Lays tiles on the map that is computed for them, and says how far it is. */
export class TileMap implements RunEvents {
  constructor(readonly session: MosaicSession) {}

  onProgress(progress: Progress, stageStart: number): void {
    showProgress(this.session, progress, stageStart);
  }

  onFrame({ positions, preview, epoch }: MapFrame): void {
    const { session } = this;
    // A finished picture stays until the new layout has begun to settle.
    if (preview && session.layout && !session.layout.preview) return;
    session.showLayout({ positions, ...this.#how(epoch), settling: true, preview });
  }

  onResult(result: UmapResult): void {
    const { session } = this;
    const { positions, epoch, epochs, notices } = result;
    const layout = { positions, ...this.#how(epoch), settling: false, preview: false };
    if (epoch < epochs) {
      const [done, all] = [formatCount(epoch), formatCount(epochs)];
      const goOn = { label: "Continue", run: () => void session.places.compute({ resume: true }) };
      const sentence = `Stopped at round ${done} of ${all}; this is the layout so far.`;
      session.showLayout(layout, () => {
        session.work.stopped(sentence, goOn);
        session.first.come();
      });
      return;
    }
    const recall = recallSentence(result, session.props);
    session.showLayout(layout, () => session.settle([...notices, ...(recall ? [recall] : [])].join(" ")));
  }

  /** Nothing is tried out here: a mosaic's sliders move no row. */
  onTried(result: UmapResult): void {
    this.onResult(result);
  }

  onError(error: ComputeError): void {
    this.session.fail(error);
  }

  #how(epochs: number): { readonly dims: Layout["dims"]; readonly origin: Origin } {
    const { props, backend } = this.session;
    const dims = props.nComponents === 3 ? 3 : 2;
    return { dims, origin: umapOrigin(props, { epochs, backend: backend?.name ?? "" }) };
  }
}
