import type * as ort from "onnxruntime-web/webgpu";

/** What is used of onnxruntime-web. */
export type Ort = Pick<typeof ort, "env" | "InferenceSession" | "Tensor">;
export type OrtSession = ort.InferenceSession;
export type OrtTensor = ort.Tensor;
export type OrtOptions = ort.InferenceSession.SessionOptions;
