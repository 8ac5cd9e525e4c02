import type { RowMask } from "../../compute/selection/row-mask.ts";
import type { SelectionMode } from "../chrome/selection-mode.ts";
import { combineSelection } from "../link/combine-selection.ts";
import type { LinkedRows } from "../link/linked-rows.ts";
import type { Scheme } from "../theme/tokens.ts";
import type { Coloring } from "./coloring.ts";
import { type LegendPanel, legendPanel } from "./legend-panel.ts";
import { type Paint, paintOf } from "./paint.ts";
import type { RowData } from "./row-data.ts";
import { type RowFacts, rowFacts } from "./row-facts.ts";

export interface RowLooksOptions {
  readonly rows: LinkedRows;
  readonly data: RowData;
  readonly scheme: () => Scheme;
  /** A class was given a colour of its own: `repaint`, and all that is coloured. */
  onPromote(): void;
  /** `mask` is another one: a class under the pointer in the legend is shown alone. */
  onPreview(): void;
}

/** Rows as one view shows them: in what colours, which of them stand out, and the legend that says and chooses it. */
export class RowLooks {
  /** Classes clicked in the legend to get a colour of their own, oldest first. */
  promoted: readonly number[] = [];
  /** The class under the pointer in the legend; null: none is. */
  preview: RowMask | null = null;
  paint: Paint;
  facts: RowFacts;
  #told: Coloring | null;
  readonly #legend: LegendPanel;

  constructor(
    private readonly options: RowLooksOptions,
    signal: AbortSignal,
  ) {
    this.#told = options.data.facts.coloring;
    this.paint = this.#choose();
    this.facts = this.#tell();
    this.#legend = legendPanel(
      {
        onPreview: (mask) => {
          this.preview = mask;
          options.onPreview();
        },
        onSelect: (mask, mode) => {
          this.preview = null;
          this.select(mask, mode);
        },
        onPromote: (index) => {
          this.promoted = [...this.promoted, index];
          options.onPromote();
        },
      },
      signal,
    );
  }

  get legend(): HTMLElement {
    return this.#legend.element;
  }

  /** Rows that keep their colour; null: all do. */
  get mask(): RowMask | null {
    return this.preview ?? this.options.rows.selected;
  }

  /** What colours the rows is another thing; of the same classes, those that have been given a colour keep it. */
  recolor(): void {
    const { coloring } = this.options.data.facts;
    if (coloring !== this.#told) this.promoted = [];
    this.#told = coloring;
  }

  /** The page's colours, or those of the rows, are other ones. */
  repaint(): void {
    this.paint = this.#choose();
    this.learn();
  }

  /** Names or values are other ones. */
  learn(): void {
    this.facts = this.#tell();
  }

  showLegend(): void {
    const { data, rows } = this.options;
    const { coloring, loan, shownLoan } = data;
    this.#legend.show({
      title: shownLoan?.title ?? "",
      coloring,
      paint: this.paint,
      selected: rows.selected,
      other: loan && {
        name: shownLoan ? "Colour as before" : `Colour by ${loan.name}`,
        run: () => data.putLoanAside(shownLoan !== null),
      },
    });
  }

  select(mask: RowMask, mode: SelectionMode): void {
    const { rows } = this.options;
    rows.select(combineSelection(rows.own, mask, mode));
  }

  /** Answers whether anything was selected here. */
  clear(): boolean {
    const { rows } = this.options;
    if (!rows.own) return false;
    rows.select(null);
    return true;
  }

  #choose(): Paint {
    return paintOf(this.options.data.coloring, { scheme: this.options.scheme(), promoted: this.promoted });
  }

  #tell(): RowFacts {
    const { facts, loan } = this.options.data;
    return rowFacts(facts, this.paint, loan);
  }
}
