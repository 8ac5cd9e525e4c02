/** Where a tensor of pictures has its channels: ONNX first, Keras last; null where it has none (vectors, sequences). */
export type ChannelAxis = "first" | "last" | null;

/** A tensor of the graph that a layer answers with. */
export interface LayerOutput {
  /** Its name in the ONNX graph. */
  readonly tensor: string;
  /** How it lies in the graph: a Keras layer's may lie channels first there though Keras has them last. */
  readonly channels: ChannelAxis;
  /**
   * As the file's own framework has it, Keras with channels last; null for an open batch and for what only a run can
   * tell, null as a whole where not even the number of dimensions is known.
   */
  readonly shape: readonly (number | null)[] | null;
}

/** A layer as the layer table tells of it; of an ONNX file, an operator that is no constant. */
export interface ModelLayer {
  readonly name: string;
  /** Keras' class ("Conv2D") or ONNX' operator ("Conv"). */
  readonly type: string;
  /** Path of the module in PyTorch that the operator comes from, "layer1.0.conv1"; else the nested model's path; "" else. */
  readonly module: string;
  readonly outputs: readonly LayerOutput[];
  /** Names of the layers whose answers it takes. */
  readonly inbound: readonly string[];
  readonly parameters: number;
  /** Of them, what training changes; equal to `parameters` for ONNX, which doesn't tell. */
  readonly trainable: number;
  /**
   * Multiplications with an addition each for one picture, in convolutions and products of matrices (what works element
   * by element has none); null where only a run can tell.
   */
  readonly multiplyAdds: number | null;
  /** Of its answer, "float32". */
  readonly dtype: string;
  readonly kernel: readonly number[] | null;
  readonly stride: readonly number[] | null;
}
