import { makeMosaic } from "../../../src/entries/mosaic-element.ts";
import type { MosaicInput } from "../../../src/entries/mosaic-input.ts";
import { makeUmapScatter } from "../../../src/entries/umap-scatter-element.ts";
import type { UmapScatterInput } from "../../../src/entries/umap-scatter-input.ts";
import type { WidgetSpec } from "../../../src/widgets/host/contract.ts";
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
import { link, observable, type WidgetElement } from "../../../src/widgets/host/observable.ts";
import { LinkedRows } from "../../../src/widgets/link/linked-rows.ts";

interface ShowerProps {
  readonly rows: LinkedRows;
}

/** A widget that shows nothing but a unit, to those it is linked with. */
const showerSpec: WidgetSpec<ShowerProps> = {
  name: "shower",
  defaults: { rows: new LinkedRows("nobody") },
  accept: (input) => ({ rows: input.rows as LinkedRows }),
  open: ({ rows }) => ({
    rows,
    ready: Promise.resolve(),
    mount() {},
    update() {},
    notice() {},
    commands: {},
  }),
};

const load = (part: string): Promise<unknown> =>
  part === "plotly" ? import("../../../src/entries/plotly-part.ts") : import("../../../src/widgets/export/pdf-part.ts");

function append<Element extends HTMLElement>(element: Element): Element {
  document.getElementById("root")?.append(element);
  return element;
}

const page = {
  scatter: (input: UmapScatterInput) => append(makeUmapScatter(input, { load })),
  mosaic: (input: MosaicInput) => append(makeMosaic(input, { load })),
  /** Link these with one more, whose `showUnit` is given back. */
  linkWithUnits(...elements: readonly WidgetElement[]): { readonly rows: LinkedRows; dispose(): void } {
    const rows = new LinkedRows("shower", elements[0]?.rowCount ?? 0);
    const shower = observable(eraseProps(showerSpec), { rows }, { load });
    link(...elements, shower);
    return { rows, dispose: () => shower.dispose() };
  },
};

declare global {
  var unitPage: typeof page;
  var shower: ReturnType<typeof page.linkWithUnits>;
}
globalThis.unitPage = page;
