import type { PlotlyModule } from "plotly.js-gl3d-dist-min";
import { ComputeError } from "../../compute/errors.ts";
import { readTokens } from "../theme/tokens.ts";
import { MISSING, type Paint } from "./paint.ts";
import type { Mark } from "./row-details.ts";
import type { ScatterSession } from "./session.ts";
import { type ThreeDView, threeDView } from "./three-d.ts";

interface PaneEvents {
  onHover(row: number): void;
  onClick(row: number): void;
}

/** The map in three dimensions: nothing until a layout has three, then plotly.js, loaded at that moment. */
export class SpacePane {
  /** Where the hovered mark is, for the tooltip. */
  pointer: Mark | null = null;
  #view: Promise<ThreeDView> | null = null;
  readonly #element = document.createElement("div");

  constructor(
    readonly session: ScatterSession,
    readonly body: HTMLElement,
    readonly events: PaneEvents,
    readonly signal: AbortSignal,
  ) {
    this.#element.className = "ls-space";
  }

  /** Draw the session's layout where it has three dimensions; otherwise get out of the way. */
  draw(paint: Paint): void {
    const { layout, rows } = this.session;
    if (layout?.dims !== 3) {
      this.#element.remove();
      return;
    }
    if (!this.#element.isConnected) this.body.append(this.#element);
    // plotly.js redraws everything it is given: a settling layout is shown at its start and its end.
    if (layout.settling && !layout.preview) return;
    const { text, rule, notSelected } = readTokens(this.body);
    const scene = {
      positions: layout.positions,
      colors: rowColors(paint, layout.positions.length / 3, text),
      mask: rows.selected,
      notSelected,
      text,
      rule,
      axes: this.session.props.coords ? (["x", "y", "z"] as const) : (["UMAP 1", "UMAP 2", "UMAP 3"] as const),
    };
    this.#view ??= this.#open();
    this.#view.then(
      (view) => view.draw(scene),
      (thrown) => this.session.notice(ComputeError.from(thrown).message),
    );
  }

  /** The picture on show, drawn at so many pixels; null while there is none. */
  async picture(width: number, height: number): Promise<ImageBitmap | null> {
    if (!this.#view) return null;
    const address = await (await this.#view).picture(width, height, 1);
    return createImageBitmap(await (await fetch(address)).blob());
  }

  async #open(): Promise<ThreeDView> {
    const part = (await this.session.host.load("plotly")) as { readonly default: PlotlyModule };
    const onHover = (row: number, clientX: number, clientY: number): void => {
      const box = this.body.getBoundingClientRect();
      this.pointer = row < 0 ? null : { x: clientX - box.left, y: clientY - box.top, radius: 6 };
      this.events.onHover(row);
    };
    return threeDView(this.#element, part.default, { onHover, onClick: this.events.onClick }, this.signal);
  }
}

function rowColors({ codes, palette }: Paint, rows: number, fallback: string): readonly string[] {
  const plain = palette[0] ?? fallback;
  return Array.from({ length: rows }, (_, row) => {
    const code = codes?.[row];
    if (code === undefined) return plain;
    return code === MISSING ? "rgba(128, 128, 128, 0.4)" : (palette[code] ?? plain);
  });
}
