import { describe, expect, it, vi } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import { GradientRunner } from "../../../../src/compute/gradient/gradient-runner.ts";
import { GraphSession } from "../../../../src/compute/model/engine/graph-session.ts";
import type { StartedEngine } from "../../../../src/compute/model/engine/start-engine.ts";
import type { CrewMaker } from "../../../../src/compute/runtime/crew.ts";
import { grayscale } from "../../../../src/compute/saliency/normalize-map.ts";
import { gradientOf } from "../../../../src/compute/saliency/run/gradient-of.ts";
import type { GradientAsk, GradientBegin } from "../../../../src/compute/saliency/run/gradient-task.ts";
import { Saliency } from "../../../../src/compute/saliency/run/saliency.ts";
import type { PartialSaliencyMap, SaliencyRequest } from "../../../../src/compute/saliency/run/saliency-request.ts";
import { openFile } from "../../gradient/open-networks.ts";
import { nodeEngine } from "../../model-engine/node-engine.ts";
import { classIdx, left, picture } from "../slideflow-run.ts";

const TINYNET = "tests/reference/models/tinynet.onnx";
const engine = nodeEngine();
const started: StartedEngine = { engine, files: { glue: new Uint8Array(), wasm: new ArrayBuffer(8) } };
const opened = openFile(engine, TINYNET);
const one = { count: 1, read: (_row: number) => picture };

/** Hands with an engine each; those with even numbers take longer for each second picture, so that answers overtake each other. */
function crewWith(size: number) {
  const counts = { begun: 0, asked: 0 };
  const begin = async (_: string, inputs: readonly GradientBegin[]) =>
    inputs.map(({ plan }, hand) => {
      counts.begun++;
      const session = new GraphSession(nodeEngine(), structuredClone(plan).graph, { processor: "CPU" });
      return {
        ask: async ({ picture: asked, weights }: GradientAsk) => {
          const runs = hand % 2 === 0 && counts.asked++ % 2 === 0 ? 2 : 1;
          let answer = gradientOf(await new GradientRunner(session, { ...plan, weights }).run(asked, 1));
          if (runs > 1) answer = gradientOf(await new GradientRunner(session, { ...plan, weights }).run(asked, 1));
          return answer;
        },
        dismiss: () => undefined,
      };
    });
  return { crew: (() => ({ size, begin })) as unknown as CrewMaker, counts };
}

async function made(
  asked: Partial<SaliencyRequest> & Pick<SaliencyRequest, "runs">,
  { hands = 1, job = {}, pictures = one } = {},
) {
  const { crew, counts } = crewWith(hands);
  const request = {
    target: { class: classIdx },
    of: "logits",
    options: {},
    raw: true,
    workers: hands,
    ...asked,
  } as const;
  const set = await new Saliency(crew).of({ key: "tinynet", open: await opened, started, pictures, request }, job);
  return { ...set, counts };
}

const run = (method: SaliencyRequest["runs"][number]["method"], smooth = false) => ({ name: method, method, smooth });

function farthest(ours: Float32Array | undefined, theirs: Float32Array): number {
  return Math.max(...theirs.map((value, at) => Math.abs(value - (ours?.[at] ?? Number.NaN))));
}

describe("saliency maps of a model that is open", () => {
  it("are those of a run of Slideflow, with score and completeness, whichever methods are asked for at once", async () => {
    const { runs, processor, workers } = await made({
      runs: [run("vanilla"), run("integrated_gradients"), run("gradcam")],
      options: { layer: "relu3" },
    });
    expect([processor, workers]).toEqual(["CPU", 1]);
    for (const [place, name] of ["map_vanilla", "map_integrated_gradients", "map_gradcam_relu3"].entries())
      expect(farthest(runs[place]?.maps[0]?.values, left(name))).toBeLessThan(5e-6);
    const [vanilla, integrated, cam] = runs;
    expect(vanilla?.maps[0]?.score).toBeCloseTo(left("logits")[classIdx] ?? 0, 4);
    expect(vanilla?.maps[0]?.raw?.shape).toMatchObject({ height: 64, width: 64, channels: 3, channelsLast: false });
    const { sum = 0, difference = 0, error } = integrated?.maps[0]?.completeness ?? {};
    expect(error).toBeCloseTo(sum - difference, 9);
    expect([vanilla?.layer, cam?.layer]).toEqual([null, "/relu3/Relu"]);
  });

  it("have the same bits whatever the number of workers, which are begun once for another class as well", async () => {
    const runs = [run("integrated_gradients"), run("occlusion")];
    const options = { xSteps: 6, size: 32, stride: 16 };
    const [alone, shared] = [await made({ runs, options }), await made({ runs, options }, { hands: 3 })];
    expect(shared.workers).toBe(3);
    expect(shared.runs).toEqual(alone.runs);
    const { crew, counts } = crewWith(2);
    const saliency = new Saliency(crew);
    const maps = [];
    for (const wanted of [0, 1]) {
      const request = {
        target: { class: wanted },
        of: "logits",
        runs: runs.slice(0, 1),
        options,
        raw: false,
        workers: 2,
      } as const;
      maps.push(
        (await saliency.of({ key: "tinynet", open: await opened, started, pictures: one, request })).runs[0]?.maps[0]
          ?.values,
      );
    }
    expect(counts.begun).toBe(2);
    expect(maps[0]).not.toEqual(maps[1]);
  });

  it("of several pictures are drawn on one scale, of one on its own", async () => {
    const faint = picture.map((value) => value / 10);
    const pictures = { count: 2, read: (row: number) => (row === 0 ? picture : faint) };
    const asked = { runs: [run("gradient_x_input")] };
    const [both, alone] = [
      await made(asked, { pictures }),
      await made(asked, { pictures: { count: 1, read: () => faint } }),
    ];
    const most = (map: Float32Array | undefined) => Math.max(...(map ?? []));
    expect(most(both.runs[0]?.maps[0]?.values)).toBe(1);
    expect(most(alone.runs[0]?.maps[0]?.values)).toBe(1);
    expect(most(both.runs[0]?.maps[1]?.values)).toBeLessThan(0.5);
  });

  it("are told of while they are made, and stop when they are cancelled", async () => {
    const controller = new AbortController();
    const stages: string[] = [];
    const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number }) => {
      stages.push(`${stage} ${done} of ${total}`);
      if (done === 2) controller.abort();
    };
    const job = { signal: controller.signal, onProgress };
    await expect(made({ runs: [run("integrated_gradients")] }, { job })).rejects.toMatchObject({ kind: "cancelled" });
    expect(stages.at(-1)).toBe("Integrated gradients 2 of 25");
    expect(stages[0]).toBe("Preparing gradients 0 of 0");
  });

  it("are handed out unfinished, from 0 to 1", async () => {
    vi.spyOn(performance, "now").mockImplementation(() => Date.now() * 1000);
    const partials: PartialSaliencyMap[] = [];
    await made(
      { runs: [run("integrated_gradients")], raw: false },
      { job: { onPartial: (partial: PartialSaliencyMap) => partials.push(partial) } },
    );
    vi.restoreAllMocks();
    expect(partials.length).toBeGreaterThan(1);
    expect(partials[0]).toMatchObject({ name: "integrated_gradients", row: 0, height: 64, width: 64 });
    expect(Math.max(...(partials[0]?.values ?? []))).toBe(1);
    expect(partials[0]?.raw).toBeNull();
  });

  it("are handed out with their signs where these are asked for", async () => {
    vi.spyOn(performance, "now").mockImplementation(() => Date.now() * 1000);
    const partials: PartialSaliencyMap[] = [];
    const onPartial = (partial: PartialSaliencyMap) => partials.push(partial);
    await made({ runs: [run("integrated_gradients")], raw: true }, { job: { onPartial } });
    vi.restoreAllMocks();
    const [first] = partials;
    expect(first?.raw?.values).toHaveLength(3 * 64 * 64);
    expect(Math.min(...(first?.raw?.values ?? []))).toBeLessThan(0);
    if (first?.raw) expect(grayscale(first.raw).values).toEqual(first.values);
  });

  it.each([
    [{ target: { class: 3 } }, "There is no class 3: tinynet.onnx has 3 classes. Take 0 to 2."],
    [{ runs: [run("grad_cam" as never)] }, 'There is no saliency method "grad_cam". Did you mean "gradcam"?'],
    [{ runs: [run("gradcam")], options: { layer: "relu9" } }, 'The model has no layer "relu9".'],
    [{ runs: [run("gradcam")], options: { layer: "logits" } }, "answers with 3 numbers, not with a map"],
    [{ of: "probabilities" }, "tinynet.onnx answers with no probabilities: no Softmax or Sigmoid is at its end."],
    [
      { runs: [run("integrated_gradients")], options: { xBaseline: new Float32Array(3) } },
      "The baseline has 3 numbers, the picture 12288.",
    ],
  ] as const)("are refused in a sentence: %j", async (asked, sentence) => {
    const refused = made({ runs: [run("vanilla")], ...(asked as Partial<SaliencyRequest>) });
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.toBeInstanceOf(ComputeError);
  });

  it("are not made of pictures of another size", async () => {
    const pictures = { count: 1, read: () => new Float32Array(12) };
    await expect(made({ runs: [run("vanilla")] }, { pictures })).rejects.toThrow(
      '12 numbers are not a picture of (3, 64, 64), which "input" takes.',
    );
  });
});
