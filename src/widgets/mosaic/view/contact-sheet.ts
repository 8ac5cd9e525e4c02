import close from "lucide:x";
import { buildElement } from "../../chrome/build-element.ts";
import type { Frame } from "../../chrome/frame.ts";
import { buildIcon } from "../../chrome/icon.ts";
import { placeTooltip } from "../../chrome/place-tooltip.ts";
import type { DrawnPicture, Mark } from "../../rows/row-details.ts";
import type { RowFacts } from "../../rows/row-facts.ts";
import type { PictureGetter } from "../../rows/row-pictures.ts";
import { installStyles } from "../../theme/install-styles.ts";
import { formatCounted } from "../../theme/numbers.ts";
import type { CellOnShow } from "../plot/plot-options.ts";
import { cellName } from "./cell-words.ts";
import styles from "./contact-sheet.css";

/** Tiles of a cell that its sheet shows. */
const MOST = 24;
const COLUMNS = 6;
const SIDE = 40;
const NARROW = 480;

export interface ContactSheetOptions {
  readonly images: () => PictureGetter | null;
  /** What the mosaic draws of a row's picture: it stands for this one until that is here, or where it can't be had. */
  readonly drawn: (row: number) => DrawnPicture | null;
  readonly facts: () => RowFacts;
  /** A tile under the pointer or the focus, and where it is on the body; row -1: none. */
  onHover(row: number, mark: Mark | null): void;
  /** A tile was clicked. */
  onChoose(row: number): void;
}

export interface ContactSheet {
  /** The cell whose sheet is open; null: none is. */
  readonly cell: CellOnShow | null;
  /** @param takesFocus The cell was opened by a key: its tiles are reached by keys from now on. */
  open(cell: CellOnShow, how: { readonly takesFocus: boolean }): void;
  /** Answers whether there was anything to close. */
  close(): boolean;
  /** The row whose tile is marked; -1: none. */
  showCurrent(row: number): void;
}

/** A cell's tiles beside it, the nearest to its centre first: no picture stands for others unseen. */
export function contactSheet(frame: Frame, options: ContactSheetOptions, signal: AbortSignal): ContactSheet {
  const { body } = frame;
  const holder = body.parentElement ?? body;
  let shown: { readonly cell: CellOnShow; readonly element: HTMLElement; readonly life: AbortController } | null = null;
  let current = -1;

  const shut = (): boolean => {
    if (!shown) return false;
    const hadFocus = shown.element.matches(":focus-within");
    shown.life.abort();
    shown.element.remove();
    shown = null;
    options.onHover(-1, null);
    if (hadFocus) body.focus();
    return true;
  };
  frame.escape.on("panel", shut, signal);
  signal.addEventListener("abort", shut, { once: true });
  installStyles(frame.root, "contact-sheet", styles);

  const markCurrent = (): void => {
    for (const tile of shown?.element.querySelectorAll<HTMLElement>(".ls-sheet-tile") ?? [])
      tile.setAttribute("aria-current", String(Number(tile.dataset.lsRow) === current));
  };

  return {
    get cell() {
      return shown?.cell ?? null;
    },
    close: shut,
    showCurrent(row) {
      current = row;
      markCurrent();
    },
    open(cell, { takesFocus }) {
      shut();
      const life = new AbortController();
      const element = buildSheet(cell, body, options, shut, life.signal);
      shown = { cell, element, life };
      holder.append(element);
      place(element, cell, body);
      markCurrent();
      if (takesFocus) element.querySelector<HTMLElement>(".ls-sheet-tile")?.focus();
    },
  };
}

function buildSheet(
  cell: CellOnShow,
  body: HTMLElement,
  options: ContactSheetOptions,
  onClose: () => void,
  signal: AbortSignal,
): HTMLElement {
  const rows = cell.rows.subarray(0, MOST);
  const total = cell.rows.length;
  const count =
    rows.length < total ? `${rows.length} of ${total.toLocaleString("en-US")}` : formatCounted(total, "tile");
  const shut = buildElement("button", {
    class: "ls-tool",
    attributes: { type: "button", "aria-label": "Close", title: "Close" },
    children: [buildIcon(close)],
  });
  shut.addEventListener("click", onClose, { signal });
  const tiles = Array.from(rows, (row, place) => buildTile(row, place === 0, options, signal));
  const list = buildElement("div", {
    class: "ls-sheet-tiles",
    attributes: { role: "group", "aria-label": "Tiles, the nearest to the centre first" },
    children: tiles,
  });
  list.style.setProperty("--ls-sheet-columns", String(Math.min(COLUMNS, rows.length)));
  const markOf = (tile: HTMLElement): Mark => {
    const at = tile.getBoundingClientRect();
    const origin = body.getBoundingClientRect();
    const [x, y] = [at.left + at.width / 2 - origin.left, at.top + at.height / 2 - origin.top];
    return { x, y, radius: at.width / 2 };
  };
  const point = (event: Event): void => {
    const tile = tileOf(event);
    if (tile) options.onHover(Number(tile.dataset.lsRow), markOf(tile));
  };
  list.addEventListener("pointerover", point, { signal });
  list.addEventListener("focusin", point, { signal });
  for (const left of ["pointerleave", "focusout"] as const)
    list.addEventListener(left, () => options.onHover(-1, null), { signal });
  list.addEventListener("keydown", (event) => walk(event, tiles), { signal });
  list.addEventListener(
    "click",
    (event) => {
      const tile = tileOf(event);
      if (tile) options.onChoose(Number(tile.dataset.lsRow));
    },
    { signal },
  );
  return buildElement("section", {
    class: "ls-sheet",
    attributes: { role: "dialog", "aria-label": `${cellName(cell)}: ${count}` },
    children: [
      buildElement("div", {
        class: "ls-sheet-head",
        children: [
          buildElement("span", { class: "ls-sheet-name", text: cellName(cell) }),
          buildElement("span", { class: "ls-sheet-count", text: count }),
          shut,
        ],
      }),
      list,
    ],
  });
}

function buildTile(
  row: number,
  isFirst: boolean,
  { images, drawn, facts }: ContactSheetOptions,
  signal: AbortSignal,
): HTMLElement {
  const words = [facts().name(row), facts().classOf(row)?.name].filter(Boolean).join(", ");
  const canvas = buildElement("canvas", { attributes: { "aria-hidden": "true" } });
  const scale = Math.max(1, Math.min(3, globalThis.devicePixelRatio));
  canvas.width = Math.round(SIDE * scale);
  canvas.height = canvas.width;
  const small = drawn(row);
  if (small) drawInside(canvas, small);
  images()
    ?.get(row, { signal })
    .then(
      (picture) => picture && !signal.aborted && drawInside(canvas, picture),
      // A tile that can't be had, and was not drawn, leaves its place empty; its name stands without it.
      () => undefined,
    );
  return buildElement("button", {
    class: "ls-sheet-tile",
    attributes: { type: "button", "aria-label": words, "data-ls-row": String(row), tabindex: isFirst ? "0" : "-1" },
    children: [canvas],
  });
}

function drawInside(canvas: HTMLCanvasElement, picture: DrawnPicture): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const zoom = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * zoom, picture.height * zoom];
  context.imageSmoothingEnabled = zoom < 2;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}

function tileOf(event: Event): HTMLElement | null {
  const found = event.composedPath().find((node) => node instanceof HTMLElement && node.dataset.lsRow !== undefined);
  return found instanceof HTMLElement ? found : null;
}

/** Arrows, Home and End go from tile to tile; one of them is a Tab stop. */
function walk(event: KeyboardEvent, tiles: readonly HTMLElement[]): void {
  const from = tileOf(event);
  const at = from ? tiles.indexOf(from) : -1;
  const top = tiles[0]?.offsetTop;
  const columns = tiles.filter((tile) => tile.offsetTop === top).length;
  const to = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: tiles.length - 1,
  }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const next = tiles[to];
  if (!next) return;
  for (const tile of tiles) tile.tabIndex = tile === next ? 0 : -1;
  next.focus();
}

/** Beside the cell where there is room for it; in a narrow widget a strip at the bottom. */
function place(element: HTMLElement, { box }: CellOnShow, body: HTMLElement): void {
  const isNarrow = (body.closest(".layerscope") ?? body).clientWidth < NARROW;
  element.classList.toggle("ls-strip", isNarrow);
  if (isNarrow) return;
  const bounds = { x: 0, y: 0, width: body.clientWidth, height: body.clientHeight };
  const size = { width: element.offsetWidth, height: element.offsetHeight };
  const mark = {
    x: box.left + box.width / 2,
    y: box.top + box.height / 2,
    radius: Math.max(box.width, box.height) / 2,
  };
  const { x, y } = placeTooltip(mark, size, bounds);
  // Unlike a tooltip it can be touched, so all of it stays inside, over a part of its cell if it must.
  const inside = (at: number, length: number, room: number) => Math.max(0, Math.min(at, room - length));
  element.style.left = `${Math.round(inside(x, size.width, bounds.width))}px`;
  element.style.top = `${Math.round(inside(y, size.height, bounds.height))}px`;
}
