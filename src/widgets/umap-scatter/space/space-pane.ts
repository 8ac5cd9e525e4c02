import type { PlotlyModule } from "plotly.js-gl3d-dist-min";
import { ComputeError } from "../../../compute/errors.ts";
import type { RowMask } from "../../../compute/selection/row-mask.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import type { LinkedUnit } from "../../link/linked-unit.ts";
import type { ViewKeys } from "../../plane/input/listen-plane-keys.ts";
import { type Paint, paintOf } from "../../rows/paint.ts";
import type { Mark } from "../../rows/row-details.ts";
import { readTokens, type Scheme, tokens } from "../../theme/tokens.ts";
import type { ScatterSession } from "../session.ts";
import { spaceColors } from "./space-colors.ts";
import type { Scene } from "./space-figure.ts";
import { spaceKeys } from "./space-keys.ts";
import type { SpaceMap } from "./space-map.ts";
import type { Ringed } from "./space-rings.ts";
import { type ThreeDView, threeDView } from "./three-d.ts";

interface PaneEvents {
  onHover(row: number): void;
  onClick(row: number, mode: SelectionMode): void;
}

/** The map in three dimensions: nothing while it is flat, then plotly.js, loaded at that moment. */
export class SpacePane {
  /** Where the hovered mark is, for the tooltip. */
  pointer: Mark | null = null;
  /** What keys do; null while there is nothing in space. */
  keys: ViewKeys | null = null;
  #view: Promise<ThreeDView> | null = null;
  #end = new AbortController();
  #hasFailed = false;
  /** What was shown by the map that was last drawn. */
  #unit: LinkedUnit | null = null;
  #colored: { readonly paint: Paint; readonly map: SpaceMap; readonly colors: readonly string[] } | null = null;
  readonly #element = document.createElement("div");

  constructor(
    readonly session: ScatterSession,
    readonly body: HTMLElement,
    readonly events: PaneEvents,
    readonly signal: AbortSignal,
  ) {
    this.#element.className = "ls-space";
    for (const event of ["hover", "current"] as const) session.rows.listen(event, () => this.#ring(), signal);
    signal.addEventListener("abort", () => this.#close(), { once: true });
  }

  /**
   * Draw the session's map where it is shown in three dimensions; otherwise get out of the way.
   *
   * @param preview Rows that keep their colour instead of those selected; null: none.
   */
  draw(paint: Paint, preview: RowMask | null): void {
    const { layout, isInSpace, unit } = this.session;
    if (!layout || !isInSpace) {
      this.#close();
      return;
    }
    // Beneath the tooltip.
    if (!this.#element.isConnected) this.body.prepend(this.#element);
    // plotly.js redraws everything it is given: a settling layout is shown when it is first seen, with another unit as
    // height, and at its end.
    if (layout.settling && !layout.preview && this.#view && this.#unit === unit.shown) return;
    const map = unit.space;
    if (!map) return;
    this.#unit = unit.shown;
    if (this.#colored?.paint !== paint || this.#colored.map !== map)
      this.#colored = { paint, map, colors: spaceColors(paint, map) };
    const mask = preview ?? this.session.rows.selected;
    void this.#show({ map, colors: this.#colored.colors, mask, tokens: readTokens(this.body) });
  }

  /**
   * The picture on show, drawn as for a screen of so many CSS pixels with `density` pixels each, for a figure of that
   * scheme, whatever the page's own is; null while there is none.
   */
  async picture(width: number, height: number, density: number, scheme: Scheme): Promise<ImageBitmap | null> {
    const { unit, data, crop, rows } = this.session;
    const map = unit.space;
    if (!this.#view || !map) return null;
    const paint = paintOf(data.coloring, { scheme, promoted: crop.promoted });
    const colors = spaceColors(paint, map);
    const scene = { map, colors, mask: rows.selected, tokens: tokens[scheme] };
    const address = await (await this.#view).picture(scene, { width, height, density });
    return createImageBitmap(await (await fetch(address)).blob());
  }

  get #ringed(): Ringed {
    const { hovered, current } = this.session.rows;
    return { hovered, current };
  }

  #ring(): void {
    this.#view?.then((view) => view.ring(this.#ringed)).catch(() => undefined);
  }

  async #show(scene: Scene): Promise<void> {
    const end = this.#end;
    this.#view ??= this.#open(end.signal);
    try {
      const view = await this.#view;
      if (end.signal.aborted) return;
      view.ring(this.#ringed);
      await view.draw(scene);
      if (this.#hasFailed) this.session.notice(null);
      this.#hasFailed = false;
    } catch (thrown) {
      if (end.signal.aborted) return;
      // What failed is asked for again at the next draw: a kernel that was busy may answer then.
      this.#close();
      this.#hasFailed = true;
      this.session.notice(ComputeError.from(thrown).message);
    }
  }

  #close(): void {
    this.#end.abort();
    this.#end = new AbortController();
    this.#view = null;
    this.#colored = null;
    this.#unit = null;
    this.pointer = null;
    this.keys = null;
    this.#element.replaceChildren();
    this.#element.remove();
  }

  /** A row that keys have gone to: told as if it were pointed at, until the focus leaves. */
  #reach(view: ThreeDView, row: number): void {
    const place = view.placeOf(row);
    this.pointer = place && { x: place[0], y: place[1], radius: 6 };
    this.events.onHover(row);
    // The same function each time: however many rows were gone through, it is told once.
    this.body.addEventListener("blur", this.#leave, { once: true, signal: this.signal });
  }

  readonly #leave = (): void => this.events.onHover(-1);

  async #open(signal: AbortSignal): Promise<ThreeDView> {
    const part = (await this.session.host.load("plotly")) as { readonly default: PlotlyModule };
    const onHover = (row: number, clientX: number, clientY: number): void => {
      const box = this.body.getBoundingClientRect();
      this.pointer = row < 0 ? null : { x: clientX - box.left, y: clientY - box.top, radius: 6 };
      this.events.onHover(row);
    };
    const view = threeDView(this.#element, part.default, { onHover, onClick: this.events.onClick }, signal);
    if (!signal.aborted) this.keys = spaceKeys(this.session, view, (row) => this.#reach(view, row));
    return view;
  }
}
