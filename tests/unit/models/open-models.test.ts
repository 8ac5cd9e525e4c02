import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { version } from "../../../src/version.ts";
import { openModels } from "../../../src/widgets/models/open-models.ts";

/** A worker that keeps what it is told to keep, and answers a turn later. */
class FakeWorker {
  readonly kept = new Set<string>();
  loads = 0;

  async call(name: string, { key = "" }: { readonly key?: string } = {}): Promise<unknown> {
    await new Promise((resolve) => setTimeout(resolve));
    if (name === "loadModel") {
      this.loads++;
      this.kept.add(key);
      return { name: key };
    }
    if (name === "forgetModel") this.kept.delete(key);
    else if (name === "features" && !this.kept.has(key)) throw new ComputeError("lost", "It is no longer kept.");
    return name;
  }
}

const CLIENT = Symbol.for(`layerscope.compute@${version}`);
const REGISTER = Symbol.for(`layerscope.models@${version}`);
const page = globalThis as Record<symbol, unknown>;
const host = { load: async () => ({}) };
const inWasm = { backend: "wasm" } as const;
const meansOf = (key: string) => ({ source: { key, name: key, files: [] }, host });

describe("models that are open at once", () => {
  let worker: FakeWorker;

  beforeEach(() => {
    worker = new FakeWorker();
    page[CLIENT] = worker;
    delete page[REGISTER];
  });
  afterEach(() => {
    delete page[CLIENT];
    delete page[REGISTER];
  });

  const ask = (key: string) => openModels().use(key, meansOf(key), inWasm, {}, () => worker.call("features", { key }));

  it("are all kept while they are in use, however many, and read once each", async () => {
    const runs = ["a", "b", "c"].map((key) =>
      openModels().hold(key, meansOf(key), inWasm, {}, async () => {
        for (let lot = 0; lot < 5; lot++) await ask(key);
      }),
    );
    await Promise.all(runs);
    expect(worker.loads).toBe(3);
  });

  it("are two at rest: the longest unused one is let go of, and opened again when it is asked", async () => {
    for (const key of ["a", "b", "c"]) await ask(key);
    await worker.call("");
    expect([...worker.kept]).toEqual(["b", "c"]);
    await ask("a");
    expect(worker.loads).toBe(4);
  });

  it("are opened once more where the worker has lost them, and no third time", async () => {
    await ask("a");
    worker.kept.clear();
    await ask("a");
    expect(worker.loads).toBe(2);
    await expect(
      openModels().use("a", meansOf("a"), inWasm, {}, () => Promise.reject(new ComputeError("lost", "Gone."))),
    ).rejects.toMatchObject({ kind: "lost" });
    expect(worker.loads).toBe(3);
  });
});
