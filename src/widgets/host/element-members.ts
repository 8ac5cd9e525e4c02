import { ComputeError } from "../../compute/errors.ts";
import { maskOf, rowsOf } from "../../compute/selection/row-mask.ts";
import { type AddedFacts, propsWithRows } from "./add-rows.ts";
import type { Session } from "./contract.ts";
import { download } from "./download.ts";
import { inlineProps } from "./inline-props.ts";
import type { NumberTable } from "./inline-sources.ts";
import { numbersOf } from "./typed-array.ts";

/** What a widget was made from. */
export interface ElementProps {
  /** As they are now, data made sources. */
  readonly held: { current: Readonly<Record<string, unknown>> };
  accept(props: Readonly<Record<string, unknown>>): object;
  /** An exported page with them. */
  write(): Promise<string>;
}

/** What an element has beside those of every element (`WidgetElement`). */
export function membersOf(
  session: Session<object>,
  element: HTMLElement,
  reports: EventTarget,
  { held, accept, write }: ElementProps,
  dispose: () => void,
  signal: AbortSignal,
): PropertyDescriptorMap {
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
        const next = withChanges(held.current, inlineProps(changed));
        const props = Object.entries(accept(next)).filter(([name]) => name in changed);
        held.current = next;
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
        const before = held.current;
        const added = await propsWithRows(before, { positions, dims: Number(header.dims) }, rows, facts, { signal });
        embedding = (await ask("update", added)).numbers;
        held.current = { ...before, ...added };
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
        const page = new Blob([await write()], { type: "text/html" });
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

/** What an element has whose input was refused: nothing to read, and the reason wherever something is awaited. */
export function brokenMembers(thrown: unknown, dispose: () => void): PropertyDescriptorMap {
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
