import type { Shape } from "../graph/wire.ts";

/** One answer of one call of a layer, as another layer's call or a model's list of outputs names it. */
export class AnswerRef {
  constructor(
    readonly layer: string,
    /** Which call of the layer, from 0. */
    readonly call: number,
    /** Which of the call's answers, from 0. */
    readonly answer: number,
  ) {}
}

/** What a layer is called with; `AnswerRef`s stand for tensors, at any depth. */
export interface PlannedCall {
  readonly args: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
}

export interface PlannedLayer {
  readonly name: string;
  readonly className: string;
  /** Whether the class is a package's of its own, not Keras'. */
  readonly foreign: boolean;
  readonly config: Readonly<Record<string, unknown>>;
  readonly calls: readonly PlannedCall[];
  /** The model that this layer is, else null. */
  readonly model: ModelPlan | null;
}

export interface ModelPlan {
  readonly name: string;
  readonly className: string;
  /** By their order in Keras' own list, which runs from the input. */
  readonly layers: readonly PlannedLayer[];
  /** Names of the layers that take the model's inputs, in order; of a Sequential model without one, none. */
  readonly inputs: readonly string[];
  readonly outputs: readonly AnswerRef[];
  /** False where the whole model is frozen. */
  readonly trainable: boolean;
  /** A Sequential model's input shape and type, where it says so. */
  readonly sequential: { readonly shape: Shape | null; readonly dtype: string } | null;
}

/** Every `AnswerRef` in a call's arguments, in their order. */
export function answersIn(value: unknown): AnswerRef[] {
  if (value instanceof AnswerRef) return [value];
  if (Array.isArray(value)) return value.flatMap(answersIn);
  if (value !== null && typeof value === "object") return Object.values(value).flatMap(answersIn);
  return [];
}
