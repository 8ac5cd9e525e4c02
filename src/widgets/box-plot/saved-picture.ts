import { ComputeError } from "../../compute/errors.ts";
import { settingsChosen, standingSettings } from "../work/chosen-settings.ts";
import { packBoxes, type SavedBoxes, unpackBoxes } from "./data/saved-boxes.ts";
import { acceptProps } from "./props.ts";
import type { BoxPlotSession } from "./session.ts";

/** The picture that a saved notebook and an exported page have of box plots: what is kept of them, and shown at first. */
export class SavedPicture {
  /** It is what is on show: the units themselves are not there. */
  isOnShow = false;
  /** The panels as they were without a selection. */
  #panels: Pick<SavedBoxes, "boxes" | "drawn"> | null = null;
  #kept: readonly unknown[] = [];

  constructor(private readonly session: BoxPlotSession) {}

  /** Show what was kept until the units themselves are there; that it can't be read is told where these never come. */
  open(saved: Uint8Array<ArrayBuffer>): void {
    const { props, first, work } = this.session;
    try {
      this.#show(saved);
      if (!this.isOnShow) return;
      if (!props.values) this.tell();
      first.come();
    } catch (thrown) {
      if (props.values) return;
      const error = ComputeError.from(thrown);
      work.failed("units", error);
      first.fail(error);
    }
  }

  /**
   * Show it unless it is of other rows.
   *
   * @throws {ComputeError} where it can't be read.
   */
  #show(saved: Uint8Array<ArrayBuffer>): void {
    const { session } = this;
    const { read, tables, ranked, boxes, drawn, chosen } = unpackBoxes(saved);
    const { rows } = read.rows.values;
    if (session.count > 0 && session.count !== rows) return;
    const settings = standingSettings(chosen.settings, { ...session.props });
    session.props = acceptProps({ ...session.props, ...settingsChosen(settings) });
    session.settings = settings;
    session.rows.count = rows;
    session.read = read;
    session.rankings.put(tables, ranked);
    session.panels.put(boxes, drawn);
    session.choice.pin(chosen.pinned);
    this.isOnShow = true;
    const { unit } = session.props;
    session.current.ask(unit === chosen.asked ? chosen.unit : unit);
  }

  /** Say that it is no more than a picture. */
  tell(): void {
    const { host, props, work } = this.session;
    const again = props.values ? [{ label: "Run", run: () => this.session.again() }] : [];
    work.say(`Saved picture. ${host.again}`.trim(), again);
  }

  /** Other data: nothing on show is of them. */
  clear(): void {
    this.isOnShow = false;
    this.#panels = null;
  }

  /** Leave a picture of what is on show, where it is another one. */
  keep(): void {
    const { read, rankings, panels, choice, current, props, settings, rows, host } = this.session;
    const { classes: tables, ranked } = rankings;
    if (!read || !tables || !ranked || !panels.rules || this.isOnShow || panels.boxes.length === 0) return;
    if (!rows.selected || !this.#panels) this.#panels = { boxes: panels.boxes, drawn: panels.rules };
    const next = [tables, this.#panels.boxes, choice.pinned, current.unit, props.unit, settings];
    if (next.every((part, place) => part === this.#kept[place])) return;
    this.#kept = next;
    const boxes = this.#panels.boxes.map((panel) => ({ ...panel, selection: null }));
    const chosen = { pinned: [...choice.pinned], unit: current.unit, asked: props.unit, settings };
    host.keep(packBoxes({ read, tables, ranked, boxes, drawn: this.#panels.drawn, chosen }));
  }

  /** Why the units can't be had; the picture stands for them, unless it is the input that is wrong. */
  standsFor(error: ComputeError): boolean {
    return this.isOnShow && error.kind !== "input";
  }
}
