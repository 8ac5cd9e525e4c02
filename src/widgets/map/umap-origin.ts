import { isNumericSource } from "../host/sources.ts";
import type { Origin } from "./layout.ts";
import { type MapInput, optionsOf } from "./map-input.ts";

/** How a map that was computed here came about: a start that was given is told of without its numbers. */
export function umapOrigin(props: MapInput, { epochs, backend }: { epochs: number; backend: string }): Origin {
  const { init, points, placed, exclude } = props;
  const options = optionsOf(props);
  const [rows = 0, columns = 0] = points?.shape ?? [];
  return {
    kind: "umap",
    options: isNumericSource(init) ? { ...options, init: new Float32Array() } : options,
    data: points?.key ?? "",
    columns,
    exclude,
    epochs,
    backend,
    added: placed ? rows - (placed.shape[0] ?? 0) : 0,
  };
}
