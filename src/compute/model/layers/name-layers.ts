import type { OnnxNode } from "../onnx/onnx-model.ts";
import { modulePlace } from "./module-path.ts";

/** How an operator is called in the layer table. */
export interface LayerName {
  readonly name: string;
  /** Path of its module in PyTorch, "" where there is none. */
  readonly module: string;
}

/**
 * A name for each operator, none twice. Where PyTorch's newer exporter noted modules, an operator is called as its
 * module, and where a module has several, as module and operation ("layer1.0/add"); else as its node; else as its tensor.
 */
export function nameLayers(nodes: readonly OnnxNode[]): readonly LayerName[] {
  const places = nodes.map(modulePlace);
  const counts = new Map<string, number>();
  for (const place of places) if (place) counts.set(place.path, (counts.get(place.path) ?? 0) + 1);
  const given = new Map<string, number>();
  return nodes.map((node, at) => {
    const place = places[at];
    const module = place?.path ?? "";
    let name = node.name;
    if (place && node.metadata.has("pkg.torch.onnx.name_scopes"))
      name = counts.get(module) === 1 && module !== "" ? module : [module, place.operation].filter(Boolean).join("/");
    return { name: firstFree(name || node.outputs.find(Boolean) || node.opType, given), module };
  });
}

/** The name itself or with the next number that is free; `given` keeps where counting goes on. */
function firstFree(name: string, given: Map<string, number>): string {
  let number = given.get(name) ?? 0;
  let free = name;
  while (given.has(free)) free = `${name}_${++number}`;
  if (free !== name) given.set(name, number);
  given.set(free, 0);
  return free;
}
