/** A layer or a model as Keras writes it: `config.json` of a .keras file, the attribute `model_config` of an .h5. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Name and nodes stand here in a Functional model's list of layers. */
  readonly name?: string;
  readonly inbound_nodes?: readonly unknown[];
  readonly [other: string]: unknown;
}

/** One weight of a layer, little-endian and row-major, as the file has it: no copy where it lies in one piece. */
export interface KerasWeight {
  /** As Keras names it, without the layer's own path: "kernel", "bias", "gamma". */
  readonly name: string;
  readonly type: "float16" | "float32" | "float64" | "bfloat16" | "int8" | "int32" | "int64" | "uint8" | "bool";
  readonly dims: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a Keras file holds: the architecture, and each layer's weights. */
export interface KerasModel {
  /** "2.15.0", "3.15.1"; "" where the file doesn't say. */
  readonly kerasVersion: string;
  readonly architecture: KerasObject;
  /**
   * A layer's weights in the order in which Keras creates them.
   *
   * @param path - Names from the outermost model's layer inwards: `["mobilenetv2_0.35_32", "Conv1"]`.
   * @returns None for layers without weights; a wrapper's or an attention layer's inner ones are named "query/kernel".
   */
  weightsOf(path: readonly string[]): readonly KerasWeight[];
}
