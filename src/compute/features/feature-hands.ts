import { ComputeError } from "../errors.ts";
import type { CrewMaker, Hand } from "../runtime/crew.ts";
import type { Lane } from "./collect-features.ts";
import type { FeaturesBegin } from "./features-task.ts";

/** Long enough for the next batch of a reader's pictures, short enough that an idle page gives their memory back. */
const IDLE_MS = 30_000;

/** Workers that hold one model's session, kept for a while after a run: opening them takes seconds. */
export class FeatureHands {
  #open: { readonly key: string; readonly hands: readonly Hand<"features">[] } | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly crew: CrewMaker,
    private readonly idleMs = IDLE_MS,
  ) {}

  /**
   * Run with so many hands.
   *
   * @param key - Says what they are begun with: hands of the same key and number are used again.
   * @param begin - What each is begun with; their engines are given away.
   * @param work - Gets two lanes a hand, so that a hand finds its next batch when it is done with one; null where no
   * worker can be started.
   */
  async with<Result>(
    key: string,
    count: number,
    begin: () => readonly FeaturesBegin[],
    work: (lanes: readonly Lane[] | null) => Promise<Result>,
  ): Promise<Result> {
    clearTimeout(this.#idle);
    try {
      const hands = await this.#handsOf(`${count} ${key}`, count, begin);
      return await work(hands && [...hands, ...hands].map(laneOf));
    } catch (thrown) {
      // What failed may be gone; what was stopped is ready for the next run.
      if (ComputeError.from(thrown).kind !== "cancelled") this.dismiss();
      throw thrown;
    } finally {
      if (this.#open) this.#idle = setTimeout(() => this.dismiss(), this.idleMs);
    }
  }

  dismiss(): void {
    clearTimeout(this.#idle);
    for (const hand of this.#open?.hands ?? []) hand.dismiss();
    this.#open = null;
  }

  async #handsOf(
    key: string,
    count: number,
    begin: () => readonly FeaturesBegin[],
  ): Promise<readonly Hand<"features">[] | null> {
    if (this.#open?.key === key) return this.#open.hands;
    this.dismiss();
    const crew = this.crew(count);
    if (crew.size < 2) return null;
    const inputs = begin();
    const hands = await crew.begin(
      "features",
      inputs,
      inputs.map(({ files }) => [files.wasm]),
    );
    this.#open = { key, hands };
    // Refused only when one was tried: then all of them work here, where one session does.
    if (this.crew(count).size > 1) return hands;
    this.dismiss();
    return null;
  }
}

function laneOf(hand: Hand<"features">): Lane {
  return (pictures, rows) => {
    const own = pictures.slice();
    return hand.ask({ pictures: own, rows }, [own.buffer]);
  };
}
