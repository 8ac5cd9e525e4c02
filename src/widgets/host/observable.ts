import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { acceptLinkHow, type LinkHow } from "../link/link-how.ts";
import { type LinkedRows, linkRows } from "../link/linked-rows.ts";
import type { AddedFacts } from "./add-rows.ts";
import { toBase64 } from "./base64.ts";
import type { Answer, HostServices, Session, SessionStatus, WidgetSpec } from "./contract.ts";
import { download } from "./download.ts";
import { brokenMembers, membersOf } from "./element-members.ts";
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

/** What an exported page holds of a widget under `id`, its data put into `blocks`. */
type WriteTraits = (id: string, blocks: Blocks, how?: TraitsOptions) => Promise<object>;

interface TraitsOptions {
  /** The page has the engine, and models with their pictures. */
  readonly hasEngine?: boolean;
  /** The selection group that it shares with other widgets of the page; "": none. */
  readonly group?: string;
}

const writers = new WeakMap<Element, WriteTraits>();

/**
 * What a page of several widgets holds of this one.
 *
 * @throws {ComputeError} where its input was refused.
 */
export async function traitsOf(
  element: HTMLElement,
  id: string,
  blocks: Blocks,
  options: TraitsOptions,
): Promise<object> {
  const write = writers.get(element);
  if (!write) throw new ComputeError("input", "A widget without data can't be written.", "See what it says.");
  return await write(id, blocks, options);
}

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
    const held = { current: read };
    const writeTraits: WriteTraits = async (id, blocks, { hasEngine = false, group = "" } = {}) => {
      const job = { signal, hasEngine };
      const props = group ? held.current : await standingAlone(session, held.current, job);
      return {
        _widget: spec.name,
        _id: id,
        _core_key: "",
        _props: await encodeProps(props, blocks, job),
        _saved: inText(saved),
        ...selectionTraits(session.rows, group),
      };
    };
    writers.set(element, writeTraits);
    const write = async () => {
      if (!loadPage)
        throw new ComputeError("input", "This build can't write pages.", "Use the npm package's index.js.");
      const blocks: Blocks = new Map();
      return writePage({ widget: await writeTraits("widget", blocks) }, blocks, await loadPage(), spec.name);
    };
    return Object.defineProperties(
      element,
      membersOf(session, element, reports, { held, accept: (props) => spec.accept(props), write }, dispose, signal),
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

/** What is selected in a widget, as an exported page carries it: alone it shows what it showed with the others. */
function selectionTraits({ how, own, selected }: LinkedRows, group: string): object {
  const isCombined = group !== "" && how !== "single";
  const rule = isCombined ? { _link_how: inText(new TextEncoder().encode(how)), _own: inText(own) } : {};
  return { _group: group, _selected: inText(selected), ...rule };
}

/** A binary trait as an exported page carries it. */
function inText(bytes: Uint8Array<ArrayBuffer> | null): object | string {
  return bytes?.length ? { $bytes: toBase64(bytes) } : "";
}
