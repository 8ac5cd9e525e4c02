import { formatCounted, formatNumber } from "../theme/numbers.ts";
import { buildElement, setDataText, setText } from "./build-element.ts";
import { type SelectionMode, selectionModeOf } from "./selection-mode.ts";

const HEIGHT = 148;
const SPREAD = 24;
const KEY_STEPS = 50;

export interface NumberScale {
  readonly title: string;
  /** The values at the bottom and at the top of the bar. */
  readonly low: number;
  readonly high: number;
  /** How values are spread between the ends; "log" has ends above 0. Default "linear". */
  readonly spacing?: "linear" | "log";
  /** CSS colours from low to high, evenly spaced. */
  readonly stops: readonly string[];
  /** Rows in equal bins from low to high. */
  readonly counts: ArrayLike<number>;
  /** Of those, the selected ones; null while nothing is selected. */
  readonly selectedCounts: ArrayLike<number> | null;
  /** Rows whose number is missing. */
  readonly missing: number;
  /** Rows beyond the ends, clipped to the end colours; a range that reaches such an end takes them in. */
  readonly clipped?: { readonly below: number; readonly above: number };
}

export interface NumberLegend {
  readonly element: HTMLElement;
  show(scale: NumberScale): void;
}

/**
 * A colour bar of 10 × 148 with a histogram beside it. Dragging over it chooses a range of values; so do the two ends
 * with the arrow keys. `onSelect` gets the range when it is let go; an end behind which rows are clipped is open, at the
 * largest number there is (infinite ones count as missing).
 */
export function numberLegend(
  onSelect: (low: number, high: number, mode: SelectionMode) => void,
  signal: AbortSignal,
): NumberLegend {
  const title = buildElement("h3", { class: "ls-legend-title" });
  const bar = buildElement("div", { class: "ls-color-bar" });
  const spread = buildElement("div", { class: "ls-color-spread", attributes: { "aria-hidden": "true" } });
  const range = buildElement("div", { class: "ls-color-range", attributes: { "aria-hidden": "true" } });
  range.hidden = true;
  const ends = { low: buildEnd("Lowest value selected"), high: buildEnd("Highest value selected") };
  const scaleArea = buildElement("div", {
    class: "ls-color-scale",
    attributes: { role: "group" },
    children: [bar, spread, range, ends.high, ends.low],
  });
  const top = buildElement("span", { class: "ls-color-label" });
  const bottom = buildElement("span", { class: "ls-color-label" });
  const labels = buildElement("div", { class: "ls-color-labels", children: [top, bottom] });
  const note = buildElement("p", { class: "ls-legend-note" });
  const element = buildElement("div", {
    class: "ls-legend",
    children: [title, buildElement("div", { class: "ls-number-legend", children: [scaleArea, labels] }), note],
  });
  let shown: NumberScale | null = null;
  let from = 0;
  let to = 1;

  const valueAt = (share: number): number => (shown ? valueOn(shown, share) : 0);
  const endAt = (share: number): number => {
    if (share === 0 && shown?.clipped?.below) return -Number.MAX_VALUE;
    return share === 1 && shown?.clipped?.above ? Number.MAX_VALUE : valueAt(share);
  };
  const showRange = (): void => {
    const [low, high] = from < to ? [from, to] : [to, from];
    range.hidden = low === 0 && high === 1;
    range.style.bottom = `${low * 100}%`;
    range.style.height = `${(high - low) * 100}%`;
    for (const [end, share] of [
      [ends.low, low],
      [ends.high, high],
    ] as const) {
      end.style.bottom = `${share * 100}%`;
      end.setAttribute("aria-valuenow", String(valueAt(share)));
      end.setAttribute("aria-valuetext", formatNumber(valueAt(share)));
    }
  };
  const select = (event: MouseEvent | KeyboardEvent, mode = selectionModeOf(event)): void =>
    onSelect(endAt(Math.min(from, to)), endAt(Math.max(from, to)), mode);

  scaleArea.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0 || !shown) return;
      event.preventDefault();
      scaleArea.setPointerCapture(event.pointerId);
      const drag = new AbortController();
      const box = scaleArea.getBoundingClientRect();
      const shareOf = (at: PointerEvent): number => Math.min(1, Math.max(0, 1 - (at.clientY - box.top) / box.height));
      const start = shareOf(event);
      const move = (at: PointerEvent): void => {
        from = start;
        to = shareOf(at);
        showRange();
      };
      scaleArea.addEventListener("pointermove", move, { signal: drag.signal });
      scaleArea.addEventListener(
        "pointerup",
        (end) => {
          drag.abort();
          if (Math.abs(shareOf(end) - start) * box.height >= 2) select(end);
        },
        { signal: drag.signal },
      );
      scaleArea.addEventListener("pointercancel", () => drag.abort(), { signal: drag.signal });
    },
    { signal },
  );
  for (const end of [ends.low, ends.high])
    end.addEventListener(
      "keydown",
      (event) => {
        const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
        if (by === undefined || !shown) return;
        event.preventDefault();
        event.stopPropagation();
        if (from > to) [from, to] = [to, from];
        const step = by / KEY_STEPS;
        if (end === ends.low) from = Math.min(to, Math.max(0, from + step));
        else to = Math.max(from, Math.min(1, to + step));
        showRange();
        // With the range itself set by keys, Shift and Alt would only surprise.
        select(event, "replace");
      },
      { signal },
    );

  return {
    element,
    show(scale) {
      const sameEnds = shown?.low === scale.low && shown.high === scale.high && shown.title === scale.title;
      shown = scale;
      if (!sameEnds || scale.selectedCounts === null) [from, to] = [0, 1];
      setDataText(title, scale.title);
      scaleArea.setAttribute(
        "aria-label",
        scale.title ? `${scale.title}: drag to select a range` : "Drag to select a range",
      );
      const { below = 0, above = 0 } = scale.clipped ?? {};
      setText(top, `${above > 0 ? "≥ " : ""}${formatNumber(scale.high)}`);
      setText(bottom, `${below > 0 ? "≤ " : ""}${formatNumber(scale.low)}`);
      bar.style.background = `linear-gradient(to top, ${scale.stops.join(", ")})`;
      spread.replaceChildren(...buildBars(scale));
      note.hidden = scale.missing === 0;
      setText(note, `${formatCounted(scale.missing, "row")} without a value`);
      for (const end of [ends.low, ends.high]) {
        end.setAttribute("aria-valuemin", String(scale.low));
        end.setAttribute("aria-valuemax", String(scale.high));
      }
      showRange();
    },
  };
}

function valueOn({ low, high, spacing }: NumberScale, share: number): number {
  return spacing === "log" ? low * (high / low) ** share : low + share * (high - low);
}

function buildEnd(label: string): HTMLElement {
  return buildElement("div", {
    class: "ls-color-end",
    attributes: { role: "slider", tabindex: "0", "aria-label": label, "aria-orientation": "vertical" },
  });
}

/** Horizontal bars from the bottom up: pale for all rows of a bin, full for the selected ones. */
function buildBars({ counts, selectedCounts }: NumberScale): HTMLElement[] {
  const all = Array.from(counts);
  const highest = Math.max(...all) || 1;
  const tall = HEIGHT / all.length;
  return all.flatMap((count, bin) => {
    const place = (className: string, share: number): HTMLElement => {
      const bar = buildElement("span", { class: className });
      bar.style.bottom = `${bin * tall}px`;
      bar.style.height = `${Math.max(1, tall - 0.5)}px`;
      bar.style.width = `${share === 0 ? 0 : Math.max(1, share * SPREAD)}px`;
      return bar;
    };
    const full = selectedCounts === null ? count : (selectedCounts[bin] ?? 0);
    return [place("ls-spread-all", count / highest), place("ls-spread-selected", full / highest)];
  });
}
