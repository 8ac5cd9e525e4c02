import { ComputeError } from "../../../src/compute/errors.ts";
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
import { link, observable, type WidgetElement } from "../../../src/widgets/host/observable.ts";
import { umapScatterSpec } from "../../../src/widgets/umap-scatter/spec.ts";

/** Rows in clusters of a few dimensions each, the same at every call. */
function clusters(rows: number, columns: number, count: number): Float32Array[] {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const centers = Array.from({ length: count }, () => Float32Array.from({ length: columns }, () => 10 * random()));
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from(centers[row % count] ?? [], (value) => value + random()),
  );
}

function show(input: Readonly<Record<string, unknown>>): WidgetElement {
  const element = observable(eraseProps(umapScatterSpec), input, {
    load: async (part) => {
      if (failing-- > 0) throw new ComputeError("lost", "The kernel is busy.");
      return part === "plotly"
        ? import("../../../src/entries/plotly-part.ts")
        : import("../../../src/widgets/export/pdf-part.ts");
    },
  });
  document.getElementById("root")?.append(element);
  return element;
}

let failing = 0;
/** The next so many parts can't be had. */
function failParts(count: number): void {
  failing = count;
}

const page = { clusters, show, link, failParts };

declare global {
  var scatterPage: typeof page;
}
globalThis.scatterPage = page;
