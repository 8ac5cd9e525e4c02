import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { maskOf, rowsOf } from "../../compute/selection/row-mask.ts";
import { acceptLinkHow, type LinkHow } from "../link/link-how.ts";
import { linkRows } from "../link/linked-rows.ts";
import { type AddedFacts, propsWithRows } from "./add-rows.ts";
import { toBase64 } from "./base64.ts";
import type { Answer, HostServices, Session, SessionStatus, WidgetSpec } from "./contract.ts";
import { download } from "./download.ts";
import { type Blocks, encodeProps } from "./encode-props.ts";
import { showError } from "./error-card.ts";
import { inlineProps } from "./inline-props.ts";
import { type NumberTable, sourceOf } from "./inline-sources.ts";
import { numbersOf } from "./typed-array.ts";
import { type PageParts, writePage } from "./write-page.ts";

/** A widget as an element: `view(element)` in Observable, `append(element)` anywhere else. */
export interface WidgetElement extends HTMLElement {
  /** Numbers of the selected rows, ascending; null when nothing is selected. Settable; `input` events tell of changes. */
  value: Int32Array<ArrayBuffer> | readonly number[] | null;
  /** Settles when the first complete result is on show; another promise where that comes after a failure. */
  readonly ready: Promise<void>;
  /** Coordinates of the rows in the last finished map, row-major; null before `ready`. */
  readonly embedding: Float32Array<ArrayBuffer> | null;
  /** Rows of the data; 0 where the input was refused. */
  readonly rowCount: number;
  update(changed: Readonly<Record<string, unknown>>): void;
  /** Save a file ("png", "svg", "pdf", "csv"): it is downloaded, and given back. */
  save(format: string, options?: Readonly<Record<string, unknown>>): Promise<Blob>;
  /**
   * Add rows to the finished map: those that are there stay in place, to the bit, and the new ones settle among them.
   * All is about all rows then: coordinates, labels, selection, files. (`update` is another thing: it changes
   * properties.) Settles when the new rows are in place.
   *
   * @param rows m rows of the same columns as `points`.
   * @param facts Labels, names and pictures of the new rows, m each; without them they have none.
   * @throws ComputeError for another number of columns or labels, and where no map was computed; nothing is changed then.
   */
  addRows(rows: NumberTable, facts?: AddedFacts): Promise<void>;
  /** Hold the layout while it settles, after the round that is under way. */
  pause(): Promise<void>;
  /** Move a settling layout by so many rounds (1), then hold it. */
  step(rounds?: number): Promise<void>;
  /** Go on with a layout that is held. */
  resume(): Promise<void>;
  /** Where rows that the map has not seen belong in it: rows × components, row-major. */
  transform(rows: NumberTable): Promise<Float32Array<ArrayBuffer>>;
  /** How far the map can be believed, each 0 to 1, with the preservation of each row alone. */
  quality(): Promise<Readonly<Record<string, unknown>>>;
  /** Save a page that opens from disk, with no network, and still works: it is downloaded, and given back. */
  toHtml(): Promise<Blob>;
  /** End the widget and free what it holds. Observable's `invalidation` does the same. */
  dispose(): void;
}

export interface ObservableOptions {
  /** Observable's `invalidation`: the widget ends when it resolves. */
  readonly invalidation?: PromiseLike<unknown> | undefined;
  /** Where the parts come from that are loaded only when needed. */
  readonly load: HostServices["load"];
  /** What an exported page is built around, loaded only when one is written; without it `toHtml` is refused. */
  readonly loadPage?: (() => Promise<PageParts>) | undefined;
  /** Hears what a reader has set or given in the widget. */
  readonly tell?: HostServices["tell"];
}

const sessions = new WeakMap<Element, Session<object>>();

/** Serve a widget as a function that returns an element. Wrong input shows its sentence in the element. */
export function observable(
  spec: WidgetSpec<object>,
  input: Readonly<Record<string, unknown>>,
  { invalidation, load, loadPage, tell }: ObservableOptions,
): WidgetElement {
  const element: HTMLElement = document.createElement("div");
  const root = element.appendChild(document.createElement("div"));
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const dispose = () => lifetime.abort();
  void invalidation?.then(dispose, dispose);
  // A slider inside the widget bubbles `input` as well; only a new selection is the element's own.
  for (const event of ["input", "change"]) root.addEventListener(event, (inner) => inner.stopPropagation(), { signal });

  try {
    const read = inlineProps(input);
    let saved = new Uint8Array();
    const keep = (picture: Uint8Array<ArrayBuffer>) => {
      saved = picture;
    };
    const reports = new EventTarget();
    const report = ({ phase }: SessionStatus) => reports.dispatchEvent(new Event(phase));
    const session = spec.open(spec.accept(read), {
      signal,
      load,
      download,
      again: "",
      report,
      keep,
      ...(tell && { tell }),
    });
    sessions.set(element, session);
    session.mount(root, signal);
    signal.addEventListener("abort", () => session.rows.leave(), { once: true });
    const write = async (current: Readonly<Record<string, unknown>>) => {
      if (!loadPage)
        throw new ComputeError("input", "This build can't write pages.", "Use the npm package's index.js.");
      const blocks: Blocks = new Map();
      const props = await encodeProps(await standingAlone(session, current, { signal }), blocks, { signal });
      const traits = { _selected: inText(session.rows.selected), _saved: inText(saved), _group: "" };
      const model = { _widget: spec.name, _id: "widget", _core_key: "", _props: props, ...traits };
      return writePage({ widget: model }, blocks, await loadPage(), spec.name);
    };
    return Object.defineProperties(
      element,
      membersOf(session, element, reports, { read, accept: (props) => spec.accept(props), write }, dispose, signal),
    ) as WidgetElement;
  } catch (thrown) {
    showError(root, thrown);
    return Object.defineProperties(element, brokenMembers(thrown, dispose)) as WidgetElement;
  }
}

export interface LinkOptions {
  /** How their selections become one; "single" where they were not linked before. */
  readonly how?: LinkHow | undefined;
}

/**
 * Let elements over the same rows follow each other: selection, hover and current row. Whatever the first is linked
 * with stays linked with it.
 *
 * @param linked Elements, and last how they are linked: `link(a, b, { how: "intersect" })`.
 * @throws {ComputeError} for elements over different rows, and for an unknown `how`.
 */
export function link(...linked: readonly (HTMLElement | LinkOptions)[]): void {
  const members = linked.flatMap((given) => (given instanceof Element ? (sessions.get(given)?.rows ?? []) : []));
  const { how } = linked.find((given): given is LinkOptions => !(given instanceof Element)) ?? {};
  linkRows(members, members[0]?.group, how === undefined ? undefined : acceptLinkHow(how));
}

/**
 * What one of a widget's commands answers.
 *
 * @throws {ComputeError} where its input was refused, and where it has no such command.
 */
export async function askElement(
  element: WidgetElement,
  name: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  await element.ready;
  const command = sessions.get(element)?.commands[name];
  if (!command) throw new ComputeError("input", `This widget can't do "${name}".`);
  return await command(options, {});
}

/** Properties without what lies in another element: where rows follow a map there, they stay where they are. */
async function standingAlone(
  { commands }: Session<object>,
  { follows, points, ...rest }: Readonly<Record<string, unknown>>,
  job: Job,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = typeof follows === "string" ? await commands.embedding?.({}, job) : undefined;
  const positions = answer && numbersOf(answer.bytes, "float32");
  if (!positions) return { ...rest, ...(points === undefined ? {} : { points }) };
  return { ...rest, coords: sourceOf(positions, [positions.length / 2, 2]), axes: answer.header.axes };
}

interface ElementProps {
  /** As they are at first, data made sources. */
  readonly read: Readonly<Record<string, unknown>>;
  accept(props: Readonly<Record<string, unknown>>): object;
  /** An exported page with these properties. */
  write(props: Readonly<Record<string, unknown>>): Promise<string>;
}

function membersOf(
  session: Session<object>,
  element: HTMLElement,
  reports: EventTarget,
  { read, accept, write }: ElementProps,
  dispose: () => void,
  signal: AbortSignal,
): PropertyDescriptorMap {
  let current = read;
  let embedding: Float32Array<ArrayBuffer> | null = null;
  const { rows } = session;
  rows.listen("selection", () => element.dispatchEvent(new Event("input", { bubbles: true })), signal);
  const readEmbedding = async () => {
    const answer = await session.commands.embedding?.({}, { signal });
    const numbers = answer && numbersOf(answer.bytes, "float32");
    if (numbers instanceof Float32Array) embedding = numbers;
  };
  // Every later map as well: one that has begun to settle by the time it is read is read when it is done.
  reports.addEventListener("done", () => void readEmbedding().catch(() => undefined), { signal });
  let [first, ready] = [session.ready, Promise.resolve()];
  const readFirst = () => {
    first = session.ready;
    ready = first.then(readEmbedding);
    ready.catch(() => {});
    return ready;
  };
  readFirst();
  const ask = async (name: string, options: Readonly<Record<string, unknown>>) => {
    const command = session.commands[name];
    if (!command) throw new ComputeError("input", `This widget can't do "${name}".`);
    const { header, bytes } = await command(options, { signal });
    return { header, numbers: new Float32Array(bytes.buffer) };
  };
  const order = async (name: string, options = {}) => {
    await ask(name, options);
  };
  return {
    value: {
      // An element may have another value than the rows that are selected.
      configurable: true,
      get: () => (rows.selected ? rowsOf(rows.selected) : null),
      set: (chosen: Iterable<number> | null) => rows.select(chosen === null ? null : maskOf(chosen, rows.count)),
    },
    ready: { get: () => (session.ready === first ? ready : readFirst()) },
    embedding: { get: () => embedding },
    rowCount: { get: () => rows.count },
    update: {
      // An element may take more than its widget's properties.
      configurable: true,
      value(changed: Readonly<Record<string, unknown>>) {
        // Only what has changed is read: the data that stay are neither copied nor hashed again.
        const next = withChanges(current, inlineProps(changed));
        const props = Object.entries(accept(next)).filter(([name]) => name in changed);
        current = next;
        session.update(Object.fromEntries(props));
      },
    },
    save: {
      async value(format: string, options: Readonly<Record<string, unknown>> = {}) {
        const answer = await session.commands.save?.({ ...options, format }, { signal });
        if (!answer) throw new Error("This widget has nothing to save.");
        const file = new Blob([answer.bytes], { type: String(answer.header.type ?? "") });
        download(String(answer.header.name ?? `layerscope.${format}`), file);
        return file;
      },
    },
    addRows: {
      async value(rows: NumberTable, facts: AddedFacts = {}) {
        const { header, numbers: positions } = await ask("embedding", {});
        const before = current;
        const added = await propsWithRows(before, { positions, dims: Number(header.dims) }, rows, facts, { signal });
        embedding = (await ask("update", added)).numbers;
        current = { ...before, ...added };
      },
    },
    pause: { value: () => order("pause") },
    step: { value: (rounds = 1) => order("step", { rounds }) },
    resume: { value: () => order("resume") },
    transform: {
      value: async (rows: NumberTable) => (await ask("transform", inlineProps({ points: rows }))).numbers,
    },
    quality: {
      async value() {
        const { header, numbers } = await ask("quality", {});
        return { ...header, perRow: numbers };
      },
    },
    toHtml: {
      async value() {
        const page = new Blob([await write(current)], { type: "text/html" });
        download("layerscope.html", page);
        return page;
      },
    },
    dispose: { value: dispose },
  };
}

/** Properties that move no row. */
const LOOKS = new Set(["labels", "color", "names", "images", "values", "title", "theme", "shares", "height"]);

/** Rows that were added lie in the map that they were added to; another one places all of them. */
function withChanges(
  current: Readonly<Record<string, unknown>>,
  changed: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { placed, ...rest } = current;
  const isSameMap = placed !== undefined && Object.keys(changed).every((name) => LOOKS.has(name));
  return { ...rest, ...(isSameMap ? { placed } : {}), ...changed };
}

/** A binary trait as an exported page carries it. */
function inText(bytes: Uint8Array<ArrayBuffer> | null): object | string {
  return bytes?.length ? { $bytes: toBase64(bytes) } : "";
}

/** What an element has whose input was refused: nothing to read, and the reason wherever something is awaited. */
function brokenMembers(thrown: unknown, dispose: () => void): PropertyDescriptorMap {
  const refuse = () => Promise.reject(thrown);
  const ready = refuse();
  ready.catch(() => {});
  return {
    value: { configurable: true, value: null, writable: true },
    ready: { value: ready },
    embedding: { value: null },
    rowCount: { value: 0 },
    update: { configurable: true, value: () => {} },
    save: { value: refuse },
    addRows: { value: refuse },
    pause: { value: refuse },
    step: { value: refuse },
    resume: { value: refuse },
    transform: { value: refuse },
    quality: { value: refuse },
    toHtml: { value: refuse },
    dispose: { value: dispose },
  };
}
