import { integersOf } from "../../../model/layers/attribute-values.ts";
import { turned } from "../../../model/layers/channel-axes.ts";
import { dependentTensors } from "../../../model/layers/dependent-tensors.ts";
import type { FoundLayer } from "../../../model/layers/found-layer.ts";
import type { LoadedModel } from "../../../model/loaded-model.ts";
import type { ChannelAxis, ModelLayer } from "../../../model/model-layer.ts";
import type { OnnxNode, OnnxTensor } from "../../../model/onnx/onnx-model.ts";
import { layoutOf } from "../../picture-shown.ts";

/** What the picture itself is called where no layer of the table gives it. */
export const INPUT = "input";

/** They hand numbers on in other axes; what they take is what a reader knows. */
const SAME_NUMBERS = new Set(["Transpose", "Identity", "Dropout", "Cast"]);

/** The operators of one layer: those between the answers of other layers and its own. */
export class LayerGraph {
  readonly tensor: string;
  /** Dependent tensors that its operators take or make, its own answer included, and constants that operators make. */
  readonly needed: readonly string[];
  /** Opset of ONNX' own operators. */
  readonly opset: number;
  readonly #makers = new Map<string, OnnxNode>();
  readonly #order = new Map<OnnxNode, number>();
  readonly #weights = new Map<string, OnnxTensor>();
  readonly #dependent: ReadonlySet<string>;
  /** Names of the layers by the tensors that they answer with. */
  readonly #givers = new Map<string, string>();
  readonly #axes = new Map<string, ChannelAxis>();

  constructor(
    model: Pick<LoadedModel, "format" | "onnx" | "layers">,
    readonly found: FoundLayer,
  ) {
    const { graph, opsets } = model.onnx;
    this.tensor = found.output.tensor;
    this.opset = opsets.get("") ?? opsets.get("ai.onnx") ?? 0;
    this.#dependent = dependentTensors(graph);
    for (const tensor of graph.initializers) this.#weights.set(tensor.name, tensor);
    for (const [place, node] of graph.nodes.entries()) {
      this.#order.set(node, place);
      const value = node.opType === "Constant" ? node.attributes.get("value") : undefined;
      for (const name of node.outputs)
        if (value?.kind === "tensor") this.#weights.set(name, value.tensor);
        else this.#makers.set(name, node);
    }
    for (const { name, dims } of graph.inputs) {
      if (this.#dependent.has(name)) this.#givers.set(name, INPUT);
      const sizes = (dims ?? []).slice(1).map((size) => (typeof size === "number" ? size : Number.POSITIVE_INFINITY));
      this.#axes.set(name, layoutOf(model.format, sizes) === "NCHW" ? "first" : "last");
    }
    this.#nameGivers(model.layers);
    for (const { outputs } of model.layers)
      for (const { tensor, channels } of outputs) this.#axes.set(tensor, channels ?? this.channelAxis(tensor));
    this.needed = this.#collectNeeded();
  }

  /** The layer that gives a tensor, or the picture's name; null for what is made within this layer. */
  giver(tensor: string): string | null {
    return this.#givers.get(tensor) ?? null;
  }

  /** The operator of this layer that makes a tensor; null for what other layers give. */
  maker(tensor: string): OnnxNode | null {
    return this.#givers.has(tensor) ? null : (this.#makers.get(tensor) ?? null);
  }

  /** Where an operator stands among all, in the order in which they run. */
  orderOf(node: OnnxNode): number {
    return this.#order.get(node) ?? 0;
  }

  isDependent(tensor: string): boolean {
    return this.#dependent.has(tensor);
  }

  weight(tensor: string): OnnxTensor | undefined {
    return this.#weights.get(tensor);
  }

  /** Where a layer's answer or the picture has its channels, also what either is turned to. */
  channelAxis(tensor: string): ChannelAxis {
    const known = this.#axes.get(tensor);
    const node = known === undefined ? this.#makers.get(tensor) : undefined;
    if (!node || !SAME_NUMBERS.has(node.opType)) return known ?? null;
    const before = this.channelAxis(node.inputs[0] ?? "");
    return node.opType === "Transpose" ? turned(integersOf(node, "perm"), before) : before;
  }

  /** Whose numbers a tensor has, for a reader: a layer's, or a step's inside this one. */
  sourceOf(tensor: string): string {
    let name = tensor;
    for (let node = this.maker(name); node && SAME_NUMBERS.has(node.opType); node = this.maker(name))
      name = node.inputs[0] ?? "";
    return this.giver(name) ?? `inside ${this.found.layer.name}`;
  }

  /** Of two layers that give the same tensor (dropout and what it takes) the one that this layer names. */
  #nameGivers(layers: readonly ModelLayer[]): void {
    const { layer } = this.found;
    const own = new Set(layer.outputs.map(({ tensor }) => tensor));
    const inbound = new Set(layer.inbound);
    for (const each of layers) {
      const isNamed = inbound.has(each.name) || inbound.has(`${each.module}/${each.name}`);
      if (each === layer) continue;
      for (const { tensor } of each.outputs) {
        const known = this.#givers.get(tensor);
        // What this layer answers with is another's only where it comes from there.
        if (isNamed || (!own.has(tensor) && (known === undefined || known === INPUT)))
          this.#givers.set(tensor, each.name);
      }
    }
  }

  #collectNeeded(): string[] {
    const needed = new Set<string>([this.tensor]);
    const open = [this.tensor];
    for (let name = open.pop(); name !== undefined; name = open.pop())
      for (const taken of this.maker(name)?.inputs ?? []) {
        if (taken === "" || needed.has(taken) || this.#weights.has(taken)) continue;
        if (!this.#dependent.has(taken) && !this.#makers.has(taken)) continue;
        needed.add(taken);
        if (this.#dependent.has(taken)) open.push(taken);
      }
    return [...needed];
  }
}
