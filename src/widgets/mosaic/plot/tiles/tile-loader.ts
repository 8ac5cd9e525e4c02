import { ComputeError, throwIfCancelled } from "../../../../compute/errors.ts";
import type { StainNormalizer } from "../../../../compute/images/stain/normalizer.ts";
import { Pace } from "../../../../compute/runtime/pace.ts";
import type { ImageSource } from "../../../host/sources.ts";
import { LotSize } from "./lot-size.ts";
import { type SmallPicture, shrinkPictures } from "./shrink-pictures.ts";
import { LARGEST_SLOT, slotSide } from "./slot-sizes.ts";
import type { TileStore } from "./tile-store.ts";

/** A picture to be had: of a row, to fit a kind of slot. */
export interface Wish {
  readonly row: number;
  readonly kind: number;
}

/** Lots of pictures on their way at a time, and with those that have come and are being decoded. */
const MOST_BATCHES = 6;
/** Where what is wished for takes so many seconds or more to come, colours are asked for first; so many at once. */
const LONG = 2;
const MOST_SAMPLES = 4096;
/** So often what has failed is tried again. */
const MOST_FAILURES = 3;
/** Pictures put away between two looks at the clock. */
const AT_ONCE = 64;
const KINDS = LARGEST_SLOT + 1;

interface Batch {
  readonly wishes: readonly Wish[];
  readonly end: AbortController;
  hasCome: boolean;
}

/** Brings pictures into the store: what is wished for now, in that order; what is no longer wished for is let go. */
export class TileLoader {
  #wishes: readonly Wish[] = [];
  /** The first wish that may still be open. */
  #next = 0;
  readonly #batches = new Set<Batch>();
  readonly #lot: LotSize;
  readonly #coming = new Set<number>();
  /** Rows whose colour has been asked for. */
  readonly #sampled = new Set<number>();
  /** When pictures came last. */
  #lastCame = 0;
  /** Rows whose picture can't be had or is none. */
  readonly #missing = new Set<number>();
  #hasEnded = false;
  #failures = 0;
  /** Nothing more fits beside what is on show. */
  #isFull = false;

  constructor(
    private readonly images: ImageSource,
    private readonly stain: StainNormalizer | null,
    private readonly store: TileStore,
    private readonly events: {
      /** The pictures of these rows have come, or can't. */
      arrived(rows: readonly number[]): void;
      failed(error: ComputeError): void;
    },
    private readonly signal: AbortSignal,
  ) {
    this.#lot = new LotSize(images.isNear);
    signal.addEventListener("abort", () => this.#end(), { once: true });
  }

  /** Nothing more will come, for now. */
  get isIdle(): boolean {
    return this.#batches.size === 0;
  }

  /** No picture of the row will come. */
  isMissing(row: number): boolean {
    return this.#hasEnded || this.#missing.has(row);
  }

  /** What is wished for from now on, the most wanted first. */
  wish(wishes: readonly Wish[]): void {
    this.#wishes = wishes;
    this.#next = 0;
    this.#isFull = false;
    const wanted = new Set(wishes.map(nameOf));
    for (const batch of this.#batches)
      if (!batch.wishes.some((wish) => wanted.has(nameOf(wish)))) {
        batch.end.abort();
        this.#forget(batch);
      }
    this.#start();
  }

  #start(): void {
    while (!this.#isOver && this.#hasRoom) {
      const wishes = this.#takeWishes();
      if (wishes.length === 0) return;
      const batch: Batch = { wishes, end: new AbortController(), hasCome: false };
      this.#batches.add(batch);
      for (const wish of wishes) this.#coming.add(nameOf(wish));
      void this.#bring(batch);
    }
  }

  get #hasRoom(): boolean {
    const onWay = [...this.#batches].filter(({ hasCome }) => !hasCome);
    return onWay.length < this.#lot.onWay && this.#batches.size < MOST_BATCHES;
  }

  /** The next open wishes, all of one size. */
  #takeWishes(): Wish[] {
    const taken: Wish[] = [];
    let most = 1;
    let kind = -1;
    for (let place = this.#next; place < this.#wishes.length && taken.length < most; place++) {
      const wish = this.#wishes[place];
      const isOpen = wish && this.#isOpen(wish);
      if (isOpen && kind < 0) {
        kind = wish.kind;
        most = this.#lot.pictures(this.#bytesEach(kind));
      }
      if (isOpen && wish.kind === kind) taken.push(wish);
      if (!isOpen && taken.length === 0) this.#next = place + 1;
    }
    return taken;
  }

  /** With a stain to normalise whole pictures come, whatever their size is to be. */
  #bytesEach(kind: number): number | undefined {
    return this.stain ? undefined : this.images.bytesEach?.(slotSide(kind));
  }

  #isOpen(wish: Wish): boolean {
    return !this.#missing.has(wish.row) && !this.#coming.has(nameOf(wish)) && !this.store.has(wish.row, wish.kind);
  }

  async #bring(batch: Batch): Promise<void> {
    const { signal } = batch.end;
    const rows = batch.wishes.map(({ row }) => row);
    const kind = batch.wishes[0]?.kind ?? 0;
    try {
      const coming = this.images.pack(rows, { signal }, this.stain ? undefined : slotSide(kind));
      // What the page does in the turn that asks, such as drawing, is not the line's time.
      await Promise.resolve();
      const asked = performance.now();
      const pack = await coming;
      const wasWaitedFor = asked < this.#lastCame;
      this.#learn(rows.length, pack.length, asked);
      // What is asked for first has waited for more than the line: for a cell to end, or a kernel to wake.
      if (wasWaitedFor) void this.#sample();
      batch.hasCome = true;
      this.#start();
      const found = await shrinkPictures(pack, slotSide(kind), this.stain, signal);
      await this.#keep(found, kind, signal);
      const readable = new Set(found.map(({ row }) => row));
      for (const row of rows) if (!readable.has(row)) this.#missing.add(row);
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      if (signal.aborted || error.kind === "cancelled") return;
      if (error.kind === "lost") this.#end();
      else if (++this.#failures > MOST_FAILURES) for (const row of rows) this.#missing.add(row);
      else return;
      this.events.failed(error);
    } finally {
      if (this.#batches.has(batch)) {
        this.#forget(batch);
        if (!this.signal.aborted) {
          this.#start();
          this.events.arrived(rows);
        }
      }
    }
  }

  /** Those that came before this lot had the line to themselves. */
  #learn(pictures: number, bytes: number, asked: number): void {
    const now = performance.now();
    this.#lot.learn(pictures, bytes, (now - Math.max(asked, this.#lastCame)) / 1000);
    this.#lastCame = now;
  }

  /** On a slow line, the colours of all that is wished for before more pictures. */
  async #sample(): Promise<void> {
    if (!this.images.sample || this.#isOver) return;
    const isOpen = ({ row }: Wish) =>
      this.store.meanOf(row) === null && !this.#sampled.has(row) && !this.#missing.has(row);
    const rows = this.#wishes
      .filter(isOpen)
      .slice(0, MOST_SAMPLES)
      .map(({ row }) => row);
    if (rows.length === 0 || this.#lot.secondsFor(rows.length) < LONG) return;
    for (const row of rows) this.#sampled.add(row);
    try {
      const pack = await this.images.sample(rows, { signal: this.signal }, this.stain !== null);
      const found = await shrinkPictures(pack, 1, this.stain, this.signal);
      throwIfCancelled(this.signal);
      // Python gives as many as it reads in a short time: where it gave some, the others are asked for again.
      if (found.length > 0) for (const row of rows) this.#sampled.delete(row);
      for (const { row, mean } of found) this.store.learnMean(row, mean);
      this.events.arrived(found.map(({ row }) => row));
    } catch {
      // The pictures themselves say what is wrong.
    }
  }

  /** A few at a time: what many pictures take would hold the page. */
  async #keep(found: readonly SmallPicture[], kind: number, signal: AbortSignal): Promise<void> {
    const pace = new Pace(signal);
    // A store that was given up takes nothing more.
    throwIfCancelled(signal);
    for (const [place, picture] of found.entries()) {
      if (!this.store.put(picture.row, kind, picture, picture.mean)) this.#isFull = true;
      if (place % AT_ONCE === AT_ONCE - 1) await pace.check();
    }
  }

  get #isOver(): boolean {
    return this.#hasEnded || this.#isFull || this.signal.aborted;
  }

  #forget(batch: Batch): void {
    this.#batches.delete(batch);
    for (const wish of batch.wishes) this.#coming.delete(nameOf(wish));
  }

  #end(): void {
    this.#hasEnded = true;
    for (const batch of this.#batches) {
      batch.end.abort();
      this.#forget(batch);
    }
  }
}

function nameOf({ row, kind }: Wish): number {
  return row * KINDS + kind;
}
