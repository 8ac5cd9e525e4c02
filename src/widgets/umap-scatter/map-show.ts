import type { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { truncateNeighbors } from "../../compute/umap/neighbors/known-neighbors.ts";
import type { UmapResult } from "../../compute/umap/result.ts";
import type { MapFrame } from "../map/compute-map.ts";
import type { Origin } from "../map/layout.ts";
import type { RunEvents } from "../map/map-runs.ts";
import { recallSentence } from "../map/recall-sentence.ts";
import { showProgress } from "../map/show-progress.ts";
import { umapOrigin } from "../map/umap-origin.ts";
import { formatCount } from "../theme/numbers.ts";
import type { ScatterSession } from "./session.ts";

/** Puts on show what the runs of a map bring, and says how far they are. */
export class MapShow implements RunEvents {
  constructor(readonly session: ScatterSession) {}

  onProgress(progress: Progress, stageStart: number): void {
    showProgress(this.session, progress, stageStart);
  }

  onFrame({ positions, preview, epoch, line }: MapFrame): void {
    const { session } = this;
    session.growth.takeRows();
    // A finished picture stays until the new layout has begun to settle.
    if (preview && session.layout && !session.layout.preview) return;
    const dims = session.props.nComponents;
    session.showLayout({ positions, dims, settling: true, preview, origin: this.#origin(epoch), line });
  }

  onResult(result: UmapResult): void {
    const { session } = this;
    const { rows, neighbors, epoch, epochs } = result;
    session.growth.takeRows();
    session.neighbors = neighbors && truncateNeighbors(neighbors, Math.min(session.props.nNeighbors, rows - 1) - 1);
    this.#showResult(result);
    if (epoch < epochs) {
      this.#sayStopped(epoch, epochs);
      return;
    }
    const recall = recallSentence(result, session.props);
    session.settle([...result.notices, ...(recall ? [recall] : []), ...session.growth.takeNotices()].join(" "));
  }

  onTried(result: UmapResult): void {
    const { session } = this;
    this.#showResult(result);
    const back = { label: "Back to the map", run: () => void session.compute() };
    session.work.say("A preview, settled on from the map before.", [back]);
  }

  onError(error: ComputeError): void {
    this.session.fail(error);
  }

  #sayStopped(epoch: number, epochs: number): void {
    const { session } = this;
    const goOn = { label: "Continue", run: () => void session.compute({ resume: true }) };
    const [done, all] = [formatCount(epoch), formatCount(epochs)];
    session.work.stopped(`Stopped at round ${done} of ${all}; this is the layout so far.`, goOn);
    session.first.come();
  }

  #showResult({ positions, nComponents, epoch }: UmapResult): void {
    const dims = nComponents === 3 ? 3 : 2;
    this.session.showLayout({ positions, dims, settling: false, preview: false, origin: this.#origin(epoch) });
  }

  #origin(epochs: number): Origin {
    const { tried, props, backend } = this.session;
    return umapOrigin({ ...(tried ?? props), points: props.points }, { epochs, backend: backend?.name ?? "" });
  }
}
