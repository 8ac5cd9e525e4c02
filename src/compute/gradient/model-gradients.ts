import { ComputeError } from "../errors.ts";
import type { Engine } from "../model/engine/engine.ts";
import { GraphSession, type Processor } from "../model/engine/graph-session.ts";
import type { OpenModel } from "../model/engine/open-model.ts";
import { differsOnGpu } from "./differs-on-gpu.ts";
import type { GradientGraph } from "./gradient-graph.ts";
import type { GradientPlan } from "./gradient-plan.ts";
import { GradientRunner, type Gradients } from "./gradient-runner.ts";
import { type GradientAsked, GradientPlanner, type ScoreAsked } from "./plan-gradient.ts";

/** Scores and differentiates pictures; opened when it is first run. */
export interface GradientSession {
  readonly graph: GradientPlan;
  /** Dimensions of what the gradient is with respect to, the batch included. */
  readonly atDims: readonly number[];
  /** What runs it, as far as that is known. */
  readonly processor: Processor;
  /** Why this processor, in a sentence for the status line. */
  readonly reason: string;
  run(pictures: Float32Array<ArrayBuffer>, rows: number): Promise<Gradients>;
}

/** Each holds the weights once more. */
const MOST_SESSIONS = 2;

/** The gradients of one open model: a session for each set of tensors that was asked for, kept for the next time. */
export class ModelGradients {
  readonly #planner: GradientPlanner;
  /** By what their graphs answer with; the last used is last. */
  readonly #sessions = new Map<string, Promise<GraphSession>>();
  #onCpu = false;

  constructor(
    private readonly engine: Engine,
    private readonly open: OpenModel,
  ) {
    this.#planner = new GradientPlanner(engine, open);
  }

  /** What to run for a gradient, here or in another worker. @throws as `GradientPlanner.plan`. */
  plan(asked: GradientAsked): Promise<GradientPlan> {
    return this.#planner.plan(asked);
  }

  /** The same for a score without its gradient. */
  scorePlan(asked: ScoreAsked): Promise<GradientPlan> {
    return this.#planner.scorePlan(asked);
  }

  /** The gradient as a graph of its own, what is differentiated part of it. @throws as `GradientPlanner.plan`. */
  graph(asked: GradientAsked): Promise<GradientGraph> {
    return this.#planner.graph(asked);
  }

  /** @throws as `GradientPlanner.plan`; "memory" before anything is opened where it can't fit. */
  async gradient(asked: GradientAsked): Promise<GradientSession> {
    return this.session(await this.plan(asked));
  }

  /** As `gradient`, for the score alone. */
  async score(asked: ScoreAsked): Promise<GradientSession> {
    return this.session(await this.scorePlan(asked));
  }

  /** What runs a plan here: on the GPU where the model does and gradients are right there, else on the CPU. */
  session(plan: GradientPlan): GradientSession {
    const isApart = () => this.#onCpu && this.open.processor === "WebGPU";
    const { open } = this;
    return {
      graph: plan,
      atDims: plan.atDims,
      get processor() {
        return isApart() ? "CPU" : open.processor;
      },
      get reason() {
        return isApart() ? "CPU: WebGPU gave other numbers for a probe's gradient." : open.reason;
      },
      run: async (pictures, rows) => {
        const session = await this.#open(plan);
        try {
          return await new GradientRunner(session, plan).run(pictures, rows);
        } catch (thrown) {
          if (session.processor === "CPU" || ComputeError.from(thrown).kind === "cancelled") throw thrown;
          this.open.fallBack(ComputeError.from(thrown));
          this.#sessions.clear();
          return new GradientRunner(await this.#open(plan), plan).run(pictures, rows);
        }
      },
    };
  }

  /** Give the memory back. */
  async release(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session).release();
  }

  async #open(plan: GradientPlan): Promise<GraphSession> {
    if (!this.#onCpu && plan.gradient !== null && this.open.processor === "WebGPU")
      this.#onCpu = await differsOnGpu(this.engine);
    const processor = this.#onCpu ? "CPU" : this.open.processor;
    const key = [processor, plan.batch, plan.output, plan.gradient && plan.at, plan.activations].join("\n");
    const known = this.#sessions.get(key);
    this.#sessions.delete(key);
    const session = known ?? this.#begin(plan, processor);
    this.#sessions.set(key, session);
    return session;
  }

  /** The longest unused one goes before: both may not fit. */
  async #begin({ graph }: GradientPlan, processor: Processor): Promise<GraphSession> {
    for (const [key, oldest] of [...this.#sessions].slice(0, Math.max(0, this.#sessions.size + 1 - MOST_SESSIONS))) {
      this.#sessions.delete(key);
      await (await oldest).release();
    }
    return new GraphSession(this.engine, graph, { processor });
  }
}
