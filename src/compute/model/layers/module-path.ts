import type { OnnxNode } from "../onnx/onnx-model.ts";

/** Where in a PyTorch module an operator comes from. */
export interface ModulePlace {
  /** "layer1.0.conv1"; "" for the outermost module. */
  readonly path: string;
  /** What PyTorch calls the operation there: "conv2d_1", "Conv". */
  readonly operation: string;
}

/**
 * The module that an operator comes from, by what PyTorch's exporters leave: a list of scopes in the node's metadata
 * (`pkg.torch.onnx.name_scopes`, from PyTorch 2.5), or paths as names, `/layer1/layer1.0/conv1/Conv` (TorchScript).
 *
 * @returns null where the operator tells nothing. An operator that the exporter fused of several modules has the last
 * one's path: a convolution with its batch normalisation folded in is the normalisation's.
 */
export function modulePlace(node: OnnxNode): ModulePlace | null {
  const scopes = node.metadata.get("pkg.torch.onnx.name_scopes");
  return scopes === undefined ? placeOfName(node.name) : placeOfScopes(scopes);
}

/** Scopes come as Python prints a list: `['', 'layer1', 'layer1.0', 'relu_1']`, the last being the operation. */
function placeOfScopes(scopes: string): ModulePlace | null {
  const list = [...scopes.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? "");
  const operation = list.pop();
  return operation === undefined ? null : { path: list.pop() ?? "", operation };
}

/** A child of a Sequential carries its parent's name in front of its own, `/features/features.1`; others don't. */
function placeOfName(name: string): ModulePlace | null {
  if (!name.startsWith("/")) return null;
  const parts = name.slice(1).split("/");
  const operation = parts.pop() ?? "";
  const path = parts.map((part, at) => {
    const parent = `${parts[at - 1] ?? ""}.`;
    return part.startsWith(parent) ? part.slice(parent.length) : part;
  });
  return { path: path.join("."), operation };
}

/** Whether a path is a module's own or one inside it. */
export function isInModule(path: string, module: string): boolean {
  return path === module || path.startsWith(`${module}.`);
}
