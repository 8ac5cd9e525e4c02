import { ComputeError } from "../../../errors.ts";
import type { ModelLayer } from "../../model-layer.ts";
import type { KerasModel } from "../keras-model.ts";
import { bareClassName, emitterOf, typeOfLayer } from "./emit/emitters.ts";
import { cannot, isWire, type LayerAnswer } from "./emit/layer-call.ts";
import type { GraphBuilder } from "./graph/graph-builder.ts";
import { Layouts } from "./graph/layouts.ts";
import type { Wire } from "./graph/wire.ts";
import { describeLayer, LayerOptions } from "./layer-options.ts";
import { addToRow } from "./layer-rows.ts";
import { brokenArchitecture } from "./plan/config-checks.ts";
import { AnswerRef, answersIn, type ModelPlan, type PlannedCall, type PlannedLayer } from "./plan/model-plan.ts";
import { SliceValue } from "./plan/read-call.ts";
import { LayerWeights } from "./weights/layer-weights.ts";

/** Shared models in shared models multiply: a small file may ask for more than any network has. */
const MOST_CALLS = 20_000;

/** Where a wire comes from, for the table's "connected to". */
interface Answered {
  readonly wires: readonly Wire[];
  readonly from: readonly string[];
}

/** Writes a model's layers into the graph, call after call, nested models in place. */
export class ModelEmitter {
  /** By path; in the order of Keras' own list, nested models' layers where the model stands. */
  readonly rows = new Map<string, ModelLayer>();
  /** The nested models themselves, by path. */
  readonly nested = new Map<string, ModelLayer>();
  readonly #layouts: Layouts;
  readonly #weights = new Map<string, LayerWeights>();
  #calls = 0;

  constructor(
    readonly graph: GraphBuilder,
    readonly model: KerasModel,
    readonly kerasMajor: number,
  ) {
    this.#layouts = new Layouts(graph);
  }

  /** The tensors as they lie in Keras. */
  asInKeras(wires: readonly Wire[]): Wire[] {
    return wires.map((wire) => this.#layouts.channelsLast(wire));
  }

  /**
   * @param plan - A model, whose inputs are `inputs`.
   * @param path - Names of the models that it is nested in, its own last; empty for the outermost.
   * @returns The model's outputs.
   */
  emit(plan: ModelPlan, inputs: Answered, path: readonly string[], frozen: boolean): Answered {
    if (path.length === 0) this.#reserveRows(plan, path);
    const answered = new Map<string, Answered[]>();
    const open = plan.layers.map((layer) => ({ layer, done: 0 }));
    for (const [index, name] of plan.inputs.entries()) {
      const wire = inputs.wires[index];
      if (!wire) throw brokenArchitecture(`model "${plan.name}" is called with ${inputs.wires.length} tensors`);
      const from = inputs.from[index];
      answered.set(name, [
        this.#emitInput(plan, name, { wires: [wire], from: from === undefined ? [] : [from] }, path),
      ]);
    }
    let left = open.filter(({ layer }) => !plan.inputs.includes(layer.name));
    while (left.length > 0) {
      const waiting: typeof left = [];
      for (const entry of left) {
        this.#emitReadyCalls(entry, plan, inputs, answered, path, frozen);
        if (entry.done < entry.layer.calls.length) waiting.push(entry);
      }
      if (
        waiting.length === left.length &&
        waiting.every(({ layer, done }) => !this.#isReady(layer.calls[done], answered))
      )
        throw brokenArchitecture(`layer "${waiting[0]?.layer.name}" waits for a tensor that nothing makes`);
      left = waiting;
    }
    const outputs = plan.outputs.map((ref) => this.#find(ref, answered));
    if (plan.sequential && plan.layers.length === 0) return inputs;
    return { wires: outputs.flatMap(({ wires }) => wires), from: outputs.flatMap(({ from }) => from) };
  }

  #emitReadyCalls(
    entry: { layer: PlannedLayer; done: number },
    plan: ModelPlan,
    inputs: Answered,
    answered: Map<string, Answered[]>,
    path: readonly string[],
    frozen: boolean,
  ): void {
    const { layer } = entry;
    for (let call = layer.calls[entry.done]; call; call = layer.calls[++entry.done]) {
      if (!this.#isReady(call, answered)) return;
      const refs = answersIn([call.args, call.named]);
      // A Sequential model's first layer is called with what the model is called with.
      const first = plan.sequential !== null && refs.length === 0;
      const found = refs.map((ref) => this.#find(ref, answered));
      const taken: Answered = first
        ? inputs
        : { wires: found.flatMap(({ wires }) => wires), from: found.flatMap(({ from }) => from) };
      const made = this.#emitLayer(layer, call, taken, path, frozen || !plan.trainable, first);
      const all = answered.get(layer.name);
      if (all) all.push(made);
      else answered.set(layer.name, [made]);
    }
  }

  #isReady(call: PlannedCall | undefined, answered: ReadonlyMap<string, readonly Answered[]>): boolean {
    if (!call) return false;
    return answersIn([call.args, call.named]).every((ref) => (answered.get(ref.layer)?.length ?? 0) > ref.call);
  }

  #find(ref: AnswerRef, answered: ReadonlyMap<string, readonly Answered[]>): Answered {
    const made = answered.get(ref.layer)?.[ref.call];
    const wire = made?.wires[ref.answer];
    if (!made || !wire)
      throw brokenArchitecture(`nothing is answer ${ref.answer} of call ${ref.call} of layer "${ref.layer}"`);
    const from = made.from[ref.answer] ?? made.from[0];
    return { wires: [wire], from: from === undefined ? [] : [from] };
  }

  #emitLayer(
    layer: PlannedLayer,
    call: PlannedCall,
    inputs: Answered,
    path: readonly string[],
    frozen: boolean,
    first: boolean,
  ): Answered {
    if (++this.#calls > MOST_CALLS) throw brokenArchitecture(`its layers are called more than ${MOST_CALLS} times`);
    const inner = [...path, layer.name];
    const still = frozen || layer.config.trainable === false;
    if (layer.model) {
      const made = this.emit(layer.model, inputs, inner, still);
      this.#addNested(layer, inner, inputs, made);
      return made;
    }
    const key = inner.join("/");
    const name = describeLayer(layer.className, key);
    const className = bareClassName(layer.className);
    const options = new LayerOptions(name, layer.config);
    const emitter = emitterOf(layer.className, layer.config);
    if (!emitter) throw cannot({ layer: name }, "is of an unknown class");
    const weights = this.#weightsOf(inner, key, name, still);
    const queue = [...inputs.wires];
    const place = (value: unknown): unknown => replaceRefs(value, queue);
    const args = first ? (queue.length === 1 ? queue : [queue]) : call.args.map(place);
    const named = Object.fromEntries(Object.entries(call.named).map(([argument, value]) => [argument, place(value)]));
    const { graph } = this;
    const emitted = graph.within(key, () =>
      emitter({
        layer: name,
        className,
        graph,
        layouts: this.#layouts,
        options,
        weights,
        inputs: inputs.wires,
        args,
        named,
        kerasMajor: this.kerasMajor,
      }),
    );
    this.#addRow(layer, inner, inputs, emitted, weights);
    return { wires: emitted.outputs, from: emitted.outputs.map(() => key) };
  }

  #emitInput(plan: ModelPlan, name: string, input: Answered, path: readonly string[]): Answered {
    const layer = plan.layers.find((one) => one.name === name);
    if (!layer) throw brokenArchitecture(`model "${plan.name}" has an input "${name}" that is no layer of it`);
    const inner = [...path, name];
    this.#addRow(layer, inner, input, { outputs: input.wires });
    return { wires: input.wires, from: [inner.join("/")] };
  }

  #weightsOf(path: readonly string[], key: string, name: string, frozen: boolean): LayerWeights {
    const known = this.#weights.get(key);
    if (known) return known;
    const weights = new LayerWeights(this.graph, key, name, this.model.weightsOf(path), frozen);
    this.#weights.set(key, weights);
    return weights;
  }

  /** Rows stand in the order of Keras' list, whichever layer is called first. */
  #reserveRows(plan: ModelPlan, path: readonly string[]): void {
    for (const layer of plan.layers) {
      const inner = [...path, layer.name];
      if (layer.model) {
        this.#reserveRows(layer.model, inner);
        continue;
      }
      const facts = { name: layer.name, type: layer.className, module: path.join("/") };
      const none = { parameters: 0, trainable: 0, channelsFirst: false, inbound: [] };
      this.rows.set(inner.join("/"), addToRow(undefined, { ...facts, ...none }, { outputs: [] }));
    }
  }

  #addRow(
    layer: PlannedLayer,
    path: readonly string[],
    inputs: Answered,
    emitted: LayerAnswer,
    weights?: LayerWeights,
  ): void {
    const key = path.join("/");
    const facts = {
      name: layer.name,
      type: typeOfLayer(layer.className),
      module: path.slice(0, -1).join("/"),
      parameters: weights?.parameters ?? 0,
      trainable: weights?.trainable ?? 0,
      channelsFirst: layer.config.data_format === "channels_first",
      inbound: inputs.from,
    };
    this.rows.set(key, addToRow(this.rows.get(key), facts, emitted));
  }

  #addNested(layer: PlannedLayer, path: readonly string[], inputs: Answered, made: Answered): void {
    const key = path.join("/");
    const within = [...this.rows].filter(([name]) => name.startsWith(`${key}/`)).map(([, row]) => row);
    const total = (count: (row: ModelLayer) => number) => within.reduce((sum, row) => sum + count(row), 0);
    const open = within.some((row) => row.multiplyAdds === null);
    const facts = {
      name: layer.name,
      type: layer.className,
      module: path.slice(0, -1).join("/"),
      parameters: total((row) => row.parameters),
      trainable: total((row) => row.trainable),
      channelsFirst: false,
      inbound: inputs.from,
    };
    const row = addToRow(this.nested.get(key), facts, { outputs: made.wires });
    this.nested.set(key, { ...row, multiplyAdds: open ? null : total((one) => one.multiplyAdds ?? 0) });
  }
}

/** Arguments with the next of the wires wherever a tensor stood. */
function replaceRefs(value: unknown, queue: Wire[]): unknown {
  if (value instanceof AnswerRef) {
    const wire = queue.shift();
    if (!isWire(wire)) throw new ComputeError("internal", "A layer's call has fewer tensors than it names.");
    return wire;
  }
  if (Array.isArray(value)) return value.map((one) => replaceRefs(one, queue));
  if (value === null || typeof value !== "object" || value instanceof SliceValue) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaceRefs(one, queue)]));
}
