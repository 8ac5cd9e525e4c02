import { maskOf, type RowMask } from "../../compute/selection/row-mask.ts";
import type { Frame } from "../chrome/frame.ts";
import { searchBox } from "../chrome/search-box.ts";
import type { RowFacts } from "./row-facts.ts";
import { findRows, searchAnswer } from "./search-rows.ts";

export interface RowSearchOptions {
  readonly count: () => number;
  readonly names: () => readonly string[] | null;
  readonly facts: () => RowFacts;
  /** Show a row that was looked up, before it is chosen; -1: none. */
  onPreview(row: number): void;
  /** Select a row, make it the current one and bring it into view. */
  onChoose(row: number): void;
  /** Select everything that was found. */
  onSelect(mask: RowMask): void;
}

/** The search over the body: opened by `open`, closed by its choice and by Esc. */
export function rowSearch(options: RowSearchOptions, frame: Frame, signal: AbortSignal): { open(): void } {
  let shown: HTMLElement | null = null;
  const found = (query: string) => findRows(query, options.count(), options.names(), options.facts());
  const close = (): boolean => {
    if (!shown) return false;
    shown.remove();
    shown = null;
    options.onPreview(-1);
    frame.body.focus();
    return true;
  };
  frame.escape.on("panel", close, signal);
  return {
    open() {
      if (shown) return;
      const box = searchBox(
        {
          search: (query) => searchAnswer(found(query), options.facts()),
          onPreview: (row) => options.onPreview(row ?? -1),
          onChoose(row) {
            close();
            options.onChoose(row);
          },
          onSelectAll(query) {
            options.onSelect(maskOf(found(query), options.count()));
            close();
          },
          onClose: close,
        },
        signal,
      );
      shown = box.element;
      frame.body.parentElement?.append(shown);
      box.focus();
    },
  };
}
