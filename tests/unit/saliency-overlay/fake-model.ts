import { afterEach, beforeEach } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { PartialSaliencyMap, SaliencyRequest } from "../../../src/compute/saliency/run/saliency-request.ts";
import { version } from "../../../src/version.ts";
import type { HostServices, SessionStatus } from "../../../src/widgets/host/contract.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { acceptProps } from "../../../src/widgets/saliency-overlay/props.ts";
import { SaliencyOverlaySession } from "../../../src/widgets/saliency-overlay/session.ts";

const CLIENT = Symbol.for(`layerscope.compute@${version}`);
const REGISTER = Symbol.for(`layerscope.models@${version}`);
const page = globalThis as Record<symbol, unknown>;

/** What the worker is asked. */
interface Asked {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent
  readonly input: any;
}

interface FakeJob {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { stage: string; done: number; total: number; unit: string }) => void;
  readonly onPartial?: (partial: PartialSaliencyMap) => void;
}

const SHAPE = { height: 2, width: 2, channels: 1, channelsLast: false };

/**
 * A worker with a model of three classes for pictures of 2 × 2. Its logits are the first three numbers; a map of class c by a
 * method of n letters is the picture times (c + 1) · n · `xSteps`, the last place against the class.
 */
export class FakeModel {
  asked: Asked[] = [];
  /** Questions of this name wait, after an unfinished map of a tenth of the finished one, until they are released. */
  held: string | null = null;
  /** So many of them go through before. */
  letThrough = 0;
  /** It answers with NaN. */
  isBroken = false;
  refusal: ComputeError | null = null;
  #waiting: (() => void)[] = [];

  names(name: string): readonly Asked[] {
    return this.asked.filter((each) => each.name === name);
  }

  release(): void {
    this.held = null;
    for (const go of this.#waiting.splice(0)) go();
  }

  call = async (name: string, input: Asked["input"], job: FakeJob = {}): Promise<unknown> => {
    this.asked.push({ name, input });
    await new Promise((resolve) => setTimeout(resolve));
    if (this.refusal && name === "saliency") throw this.refusal;
    if (this.held === name && this.letThrough-- <= 0) await this.#wait(name, input, job);
    return this.#answer(name, input);
  };

  async #wait(name: string, input: Asked["input"], { signal, onPartial, onProgress }: FakeJob): Promise<void> {
    onProgress?.({ stage: "Integrated gradients", done: 12, total: 25, unit: "gradients" });
    if (name === "saliency") {
      const raw = { values: valuesOf(input).map((value) => value / 10), shape: SHAPE };
      onPartial?.({ name: "", row: 0, values: new Float32Array(4), height: 2, width: 2, raw });
    }
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push(resolve);
      signal?.addEventListener("abort", () => reject(new ComputeError("cancelled", "Stopped.")), { once: true });
    });
  }

  #answer(name: string, input: Asked["input"]): unknown {
    if (name === "loadModel") return FACTS;
    if (name === "features") {
      const rows = input.pictures.length / 4;
      const data = Float32Array.from(
        { length: rows * 3 },
        (_, at) => input.pictures[Math.floor(at / 3) * 4 + (at % 3)],
      );
      if (this.isBroken) data.fill(Number.NaN);
      const predictions = { data, rows, columns: 3 };
      return { features: { data: new Float32Array(), rows, columns: 0 }, blocks: [], predictions, processor: "CPU" };
    }
    if (name === "saliency") {
      const values = valuesOf(input);
      const map = { values: new Float32Array(4), height: 2, width: 2, raw: { values, shape: SHAPE }, score: 3 };
      const completeness = { sum: 1, difference: 1, error: 0 };
      const maps = [{ ...map, baselineScore: 2, completeness }];
      return { runs: [{ name: "", maps, layer: null, notes: ["A note."] }], processor: "CPU", reason: "", workers: 1 };
    }
    if (name === "judgeSaliency") {
      const curve = Float32Array.of(1, 0.5, 0);
      const blurred = { ...SHAPE, data: new Float32Array(4).fill(0.5), layout: "NCHW" };
      const areas = { deletionArea: 0.25, insertionArea: 0.75 };
      return { shares: curve, deletion: curve, insertion: curve, ...areas, order: Uint32Array.of(3, 2, 1, 0), blurred };
    }
    return undefined;
  }
}

const FACTS = {
  name: "net.onnx",
  format: "onnx",
  version: "",
  notes: [],
  layers: [],
  inputs: [{ name: "input", type: 1, dims: [1, 2, 2], batch: null }],
  outputs: ["logits"],
  processor: "CPU",
  reason: "CPU: this browser has no WebGPU.",
  secondsPerPicture: 0,
  preprocessing: null,
  answers: "logits",
};

function valuesOf({ floats, request }: { floats: Float32Array; request: SaliencyRequest }): Float32Array<ArrayBuffer> {
  const { target, runs, options } = request;
  const factor = ((target as { class: number }).class + 1) * (runs[0]?.method.length ?? 0) * (options.xSteps ?? 1);
  return Float32Array.from(floats, (value, place) => (place === 3 ? -value : value) * factor);
}

export const model = {
  key: "net",
  name: "net.onnx",
  files: [],
  backend: "wasm",
  classes: ["cat", "dog", "wolf"],
} as const;

/** Pictures of 2 × 2: of the first the model finds class 2 likeliest, of the second class 0, and so on in turn. */
export function pictures(count: number) {
  const data = Float32Array.from({ length: count * 4 }, (_, at) => {
    const [row, place] = [Math.floor(at / 4), at % 4];
    return place === 3 ? 0.25 : place === (row + 2) % 3 ? 1 : 0.125 * (row + 1);
  });
  return sourceOf(data, [count, 1, 2, 2]);
}

/** What a host was told. */
export interface Told {
  readonly statuses: SessionStatus[];
  readonly facts: Readonly<Record<string, unknown>>[];
  saved: Uint8Array<ArrayBuffer> | null;
}

export interface Opened {
  readonly session: SaliencyOverlaySession;
  readonly told: Told;
}

/** A session over the fake worker. */
export function open(props: Readonly<Record<string, unknown>>, load: HostServices["load"] = async () => ({})): Opened {
  const told: Told = { statuses: [], facts: [], saved: null };
  const host: HostServices = {
    signal: new AbortController().signal,
    report: (status) => told.statuses.push(status),
    tell: (facts) => told.facts.push(facts),
    keep: (saved) => {
      told.saved = saved;
    },
    load,
    again: "Run the cell to compute again.",
    download: () => undefined,
  };
  const session = new SaliencyOverlaySession(acceptProps(props), host);
  session.ready.catch(() => undefined);
  return { session, told };
}

/** A new one for each test. */
export function useFakeModel(): () => FakeModel {
  let fake = new FakeModel();
  beforeEach(() => {
    fake = new FakeModel();
    page[CLIENT] = fake;
    forgetModels();
  });
  afterEach(() => {
    delete page[CLIENT];
    forgetModels();
  });
  return () => fake;
}

/** Another page: no model is open, and no engine there. */
export function forgetModels(): void {
  delete page[REGISTER];
}

/** Wait until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !isSo(); turn++) await new Promise((resolve) => setTimeout(resolve, 2));
  if (!isSo()) throw new Error("It never came to that.");
}
