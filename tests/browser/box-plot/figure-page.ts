import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { acceptProps, type BoxPlotProps } from "../../../src/widgets/box-plot/props.ts";
import { BoxPlotSession } from "../../../src/widgets/box-plot/session.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";
import { type PlantedOptions, plantedUnits } from "../../support/planted-units.ts";

let session: BoxPlotSession;

/** One answer of a command: its header, and its bytes in base64. */
export interface Told {
  readonly header: Readonly<Record<string, unknown>>;
  readonly base64: string;
}

const page = {
  saved: [] as string[],
  /** Box plots without a view. */
  async open(planted: PlantedOptions, props: Partial<BoxPlotProps> = {}): Promise<void> {
    await start({ ...plantedUnits(planted), ...props });
  },
  /** Box plots of values that are given, rows × units. */
  async openRows(values: readonly number[], units: number, rows: Partial<Record<string, unknown>>): Promise<void> {
    const data = Float32Array.from(values);
    await start({ values: { data, shape: [data.length / units, units] }, ...rows });
  },
  mount(width: number): void {
    const root = document.getElementById("root");
    if (!root) throw new Error("no root");
    root.style.width = `${width}px`;
    session.mount(root, new AbortController().signal);
  },
  async select(rows: readonly number[] | null): Promise<void> {
    session.rows.select(rows && maskOf(rows, session.count));
    await session.whenAtRest();
  },
  facts: () => ({ caption: session.caption, shown: session.shown, sentence: session.sentence }),
  async ask(name: string, options: Readonly<Record<string, unknown>> = {}): Promise<Told> {
    const { header, bytes } = await command(name)(options, {});
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return { header, base64: btoa(text) };
  },
};

function command(name: string) {
  const found = session.commands[name];
  if (!found) throw new Error(`no command ${name}`);
  return found;
}

async function start(input: Readonly<Record<string, unknown>>): Promise<void> {
  session = new BoxPlotSession(acceptProps(inlineProps(input)), {
    signal: new AbortController().signal,
    report: () => undefined,
    keep: () => undefined,
    load: () => import("../../../src/widgets/export/pdf-part.ts"),
    again: "",
    download: (name) => page.saved.push(name),
  });
  await session.ready;
}

declare global {
  var boxFigurePage: typeof page;
}
globalThis.boxFigurePage = page;
