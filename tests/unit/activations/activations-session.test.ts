import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { Job } from "../../../src/compute/job.ts";
import { acceptProps } from "../../../src/widgets/activations/props.ts";
import { ActivationsSession } from "../../../src/widgets/activations/session.ts";
import type { HostServices, SessionStatus } from "../../../src/widgets/host/contract.ts";
import type { ActivationSource } from "../../../src/widgets/models/activation-source.ts";

const SAID = "2 rows × 3 activations of relu (net.onnx, WebAssembly)";

/** A session over activations that `read` makes, and what its host was told. */
function open(read: (job: Job) => Promise<Float32Array<ArrayBuffer>>, saved?: string) {
  let isRead = false;
  const source: ActivationSource = {
    key: "two",
    part: "activations",
    bytes: 0,
    get shape() {
      return [2, isRead ? 3 : 0];
    },
    get facts() {
      return isRead
        ? { layers: ["relu"], model: "net.onnx", processor: "WebAssembly", reason: "CPU: asked for." }
        : null;
    },
    columns: null,
    predictions: null,
    async read(job) {
      const data = await read(job);
      isRead = true;
      return data;
    },
  };
  const told: SessionStatus[] = [];
  const kept: string[] = [];
  const host: HostServices = {
    signal: new AbortController().signal,
    report: (status) => told.push(status),
    keep: (bytes) => kept.push(new TextDecoder().decode(bytes)),
    load: () => Promise.reject(new Error("no part")),
    again: "Run the cell to compute again.",
    download: () => undefined,
  };
  const props = { activations: source, ...(saved ? { saved: new TextEncoder().encode(saved) } : {}) };
  const session = new ActivationsSession(acceptProps(props), host);
  session.ready.catch(() => undefined);
  return { session, told, kept };
}

describe("activations as a line", () => {
  it("are made at once, told of and kept; their values are answered when they are there", async () => {
    const { session, told, kept } = open(async () => Float32Array.from([1, 2, 3, 4, 5, 6]));
    const answer = await session.commands.values?.({ part: "activations" }, {});
    expect(answer?.header).toEqual({ shape: [2, 3], dtype: "float32", layers: ["relu"], processor: "WebAssembly" });
    expect([...new Float32Array(answer?.bytes.slice().buffer ?? new ArrayBuffer())]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told.at(-1)).toMatchObject({ phase: "done", caption: SAID });
    expect(kept).toEqual([SAID]);
    await expect(session.commands.values?.({ part: "predictions" }, {})).rejects.toThrow(
      "No predictions were asked for.",
    );
  });

  it("that can't be made are told of, to whoever awaits them too", async () => {
    const failure = new ComputeError("input", 'The model has no layer "rel".', 'Did you mean "relu"?');
    const { session, told } = open(() => Promise.reject(failure));
    await expect(session.commands.values?.({ part: "activations" }, {})).rejects.toThrow("Did you mean");
    expect(told.at(-1)).toMatchObject({ phase: "failed", reason: 'The model has no layer "rel".' });
  });

  it("are told of as they were saved where Python has gone that has the model", async () => {
    const { session } = open(() => Promise.reject(new ComputeError("lost", "Python has stopped.")), SAID);
    await expect(session.ready).rejects.toThrow("Python has stopped.");
    expect(session.work.error).toBeNull();
    expect(session.work.sentence).toBe(`${SAID}. Run the cell to compute again.`);
  });

  it("that are stopped say how far they were, and are made after all where their reader continues", async () => {
    let stops = true;
    const { session, told } = open(({ signal, onProgress }) => {
      onProgress?.({ stage: "Running relu", done: 1200, total: 4000, unit: "pictures" });
      if (!stops) return Promise.resolve(new Float32Array(6));
      return new Promise((_, reject) => {
        signal?.addEventListener("abort", () => reject(new ComputeError("cancelled", "Stopped.")));
      });
    });
    const press = (label: string) => session.work.actions.find((action) => action.label === label)?.run();
    press("Cancel");
    await expect(session.ready).rejects.toMatchObject({ kind: "cancelled" });
    expect(session.work.sentence).toBe("Stopped at 1,200 of 4,000 pictures.");
    expect(told.at(-1)).toEqual({ phase: "stopped", sentence: "Stopped at 1,200 of 4,000 pictures." });
    stops = false;
    press("Continue");
    expect(session.work.isWorking).toBe(true);
    await session.commands.values?.({ part: "activations" }, {});
    expect(told.at(-1)).toMatchObject({ phase: "done", caption: SAID });
  });
});
