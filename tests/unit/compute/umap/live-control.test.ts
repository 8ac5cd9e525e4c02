import { describe, expect, it } from "vitest";
import { callerAlone } from "../../../../src/compute/runtime/caller-alone.ts";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import type { Backend } from "../../../../src/compute/umap/backend.ts";
import { cpuBackend } from "../../../../src/compute/umap/cpu-backend.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { LayoutControl } from "../../../../src/compute/umap/layout/layout-control.ts";
import { settleLive } from "../../../../src/compute/umap/layout/settle-live.ts";
import { type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import type { LayoutFrame } from "../../../../src/compute/umap/result.ts";
import { clusteredRows } from "../random.ts";

const points = { data: clusteredRows(300, 12, 3, 1), rows: 300, columns: 12 };
const bits = (positions: Float32Array<ArrayBuffer>) => Buffer.from(positions.buffer).toString("base64");

/** A run under control, and what is seen each time it stands still. */
function start(options: Partial<UmapOptions> = {}) {
  const control = new LayoutControl();
  const controller = new AbortController();
  const stills: LayoutFrame[] = [];
  let isStill = false;
  const run = umap(
    points,
    { ...umapDefaults, nEpochs: 200, ...options },
    {
      control,
      signal: controller.signal,
      keepNeighbors: 30,
      onProgress: ({ stage }) => {
        isStill = stage === "Paused";
      },
      onLayout: (frame) => {
        if (isStill) stills.push(frame);
      },
    },
  );
  const still = (count: number) => expect.poll(() => stills.length, { interval: 2, timeout: 10_000 }).toBe(count);
  return { control, controller, stills, still, run };
}

const whole = umap(points, { ...umapDefaults, nEpochs: 200 }, {});

describe("a layout under control", () => {
  it("has the same bits as one that was left alone, paused or not", async () => {
    const { control, still, run } = start();
    control.pause();
    await still(1);
    control.resume();
    const { positions, epoch } = await run;
    expect(epoch).toBe(200);
    expect(bits(positions)).toBe(bits((await whole).positions));
  });

  it("moves by as many rounds as asked for and stands still again, with the bits of those rounds", async () => {
    const { control, stills, still, run } = start();
    control.pause();
    await still(1);
    expect(stills[0]?.epoch).toBe(0);
    control.step();
    await still(2);
    control.step(4);
    await still(3);
    expect(stills.map(({ epoch }) => epoch)).toEqual([0, 1, 5]);
    expect(control.paused).toBe(true);
    const part = { positions: stills[2]?.positions.slice() ?? new Float32Array(0), epoch: 5 };
    const rest = await umap(points, { ...umapDefaults, nEpochs: 200 }, { resume: part });
    expect(bits(rest.positions)).toBe(bits((await whole).positions));
    control.resume();
    expect(bits((await run).positions)).toBe(bits((await whole).positions));
  });

  it("adds steps up, and ends when they come to the last round", async () => {
    const { control, run } = start({ nEpochs: 10 });
    control.step(3);
    control.step(500);
    expect((await run).epoch).toBe(10);
  });

  it.each([
    { minDist: 0.8 },
    { spread: 2 },
    { learningRate: 0.2 },
    { repulsionStrength: 3 },
    { negativeSampleRate: 9 },
    { nNeighbors: 25 },
    { nNeighbors: 5 },
  ])("goes on with %o from the next round, as a layout that began there", async (change) => {
    const { control, stills, still, run } = start();
    control.step(20);
    await still(1);
    control.change(change);
    control.resume();
    const { positions } = await run;
    expect(bits(positions)).not.toBe(bits((await whole).positions));
    const resume = { positions: stills[0]?.positions.slice() ?? new Float32Array(0), epoch: 20 };
    const there = await umap(points, { ...umapDefaults, nEpochs: 200, ...change }, { resume });
    expect(bits(positions)).toBe(bits(there.positions));
  });

  it("takes no more neighbours than were kept", async () => {
    const [kept, more] = await Promise.all(
      [30, 40].map((nNeighbors) => {
        const { control, run } = start();
        control.change({ nNeighbors });
        return run;
      }),
    );
    expect(kept && more && bits(more.positions) === bits(kept.positions)).toBe(true);
  });

  it("ends with an input error when a change has no meaning", async () => {
    const { control, run } = start();
    control.change({ minDist: 9 });
    await expect(run).rejects.toMatchObject({ kind: "input" });
  });

  it("of umap-js stands still too, moves by rounds, and comes to the same map", async () => {
    const { control, stills, still, run } = start({ engine: "umap-js" });
    control.pause();
    await still(1);
    control.step(4);
    await still(2);
    expect(stills.map(({ epoch }) => epoch)).toEqual([0, 4]);
    control.resume();
    const { positions, epoch } = await run;
    expect(epoch).toBe(200);
    const alone = await umap(points, { ...umapDefaults, nEpochs: 200, engine: "umap-js" }, {});
    expect(bits(positions)).toBe(bits(alone.positions));
  });

  it.each(["layerscope", "umap-js"] as const)(
    "gives what %s has when it is cancelled while it stands still",
    async (engine) => {
      const { control, controller, still, run } = start({ engine });
      control.step(7);
      await still(1);
      controller.abort();
      expect((await run).epoch).toBe(7);
    },
  );
});

describe("an order that comes before a turn's first round", () => {
  const rows = 300;
  const graph = {
    rows,
    starts: Int32Array.from({ length: rows + 1 }, (_, row) => row),
    columns: Int32Array.from({ length: rows }, (_, row) => (row + 1) % rows),
    weights: new Float32Array(rows).fill(1),
  };
  const cpu = cpuBackend("CPU: asked for.", callerAlone(1));

  /** Makes the graph ready first, as the GPU's does, and lets a cancel be heard meanwhile. */
  function preparing(onPrepare: (turn: number) => void): Backend {
    let turns = 0;
    return {
      ...cpu,
      async settle(...all) {
        onPrepare(++turns);
        await all[6].check();
        return cpu.settle(...all);
      },
    };
  }

  function settle(backend: Backend, graphFor: () => Promise<void> = async () => undefined) {
    const control = new LayoutControl();
    const controller = new AbortController();
    const stages: string[] = [];
    const run = () =>
      settleLive(
        backend,
        graph,
        new Float32Array(2 * rows),
        0,
        20,
        { ...umapDefaults, nEpochs: 20 },
        { control, signal: controller.signal, onProgress: ({ stage }) => stages.push(stage) },
        new Pace(controller.signal),
        async () => {
          await graphFor();
          await new Pace(controller.signal).check();
          return graph;
        },
      );
    const still = () => expect.poll(() => stages.at(-1), { interval: 2, timeout: 10_000 }).toBe("Paused");
    return { control, controller, stages, still, run };
  }

  it("is followed when it comes while the graph for other neighbours is made", async () => {
    const { control, still, run } = settle(cpu, async () => control.pause());
    control.change({ nNeighbors: 20 });
    const running = run();
    await still();
    control.resume();
    expect((await running).epoch).toBe(20);
  });

  it("is followed when it comes while a backend makes the graph ready: the run goes on", async () => {
    const { control, still, run } = settle(preparing((turn) => turn === 1 && control.pause()));
    const running = run();
    await still();
    control.resume();
    expect((await running).epoch).toBe(20);
  });

  it.each(["graph", "backend"])(
    "ends the run with what there is when it is a cancel (while the %s is made)",
    async (when) => {
      const { control, controller, run } = settle(
        preparing(() => when === "backend" && controller.abort()),
        async () => (when === "graph" ? controller.abort() : undefined),
      );
      control.change({ nNeighbors: 20 });
      expect((await run()).epoch).toBe(0);
    },
  );
});
