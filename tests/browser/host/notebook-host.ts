// A page that hosts widgets as Jupyter does: ipywidgets' own models and anywidget's own front end, with a comm whose
// other end is the test.
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";

type Content = Readonly<Record<string, unknown>>;

export interface SentMessage {
  readonly data: Content;
  readonly buffers: readonly (readonly number[])[];
}

interface CommMessage {
  readonly content: Content;
  readonly buffers?: readonly DataView[];
  readonly parent_header?: object;
}

class TestComm {
  readonly sent: SentMessage[] = [];
  #onMessage: (message: CommMessage) => void = () => {};
  #onClose: (message: object) => void = () => {};

  constructor(
    readonly comm_id: string,
    readonly target_name = "jupyter.widget",
  ) {}

  on_msg(listener: (message: CommMessage) => void): void {
    this.#onMessage = listener;
  }
  on_close(listener: (message: object) => void): void {
    this.#onClose = listener;
  }
  open(): string {
    return "";
  }
  close(): string {
    return "";
  }
  /** What a comm does whose kernel is gone. */
  broken = false;
  send(data: Content, _callbacks: unknown, _metadata: unknown, buffers: readonly (ArrayBuffer | DataView)[] = []) {
    if (this.broken) throw new Error("Kernel is dead");
    const bytes = buffers.map((buffer) =>
      buffer instanceof ArrayBuffer
        ? [...new Uint8Array(buffer)]
        : [...new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)],
    );
    for (const each of separate(data)) {
      this.sent.push({ data: each, buffers: bytes });
      host.answer?.(this, each);
    }
    return `message-${this.sent.length}`;
  }
  receive(data: Content, buffers: readonly DataView[] = []): void {
    this.#onMessage({ content: { data }, buffers, parent_header: {} });
  }
  closeFromKernel(): void {
    this.#onClose({});
  }
}

/** What a page said in one turn, as if it had said each alone. */
function separate(data: Content): readonly Content[] {
  const { kind, messages } = (data.content ?? {}) as { readonly kind?: string; readonly messages?: readonly Content[] };
  return kind === "several" && messages ? messages.map((content) => ({ ...data, content })) : [data];
}

type Class = new (...values: never[]) => object;

/** ipywidgets' own manager; only where classes and comms come from is the test's. */
class TestManager extends ManagerBase {
  kernel: unknown = null;

  constructor(private readonly classes: Readonly<Record<string, Class>>) {
    super();
  }

  protected override async loadClass(name: string, module: string): Promise<never> {
    const found = module === "anywidget" ? this.classes[name] : (base as unknown as Record<string, Class>)[name];
    if (!found) throw new Error(`There is no ${name} in ${module}.`);
    return found as never;
  }
  protected override async _create_comm(_target: string, id: string): Promise<never> {
    return new TestComm(id) as never;
  }
  protected override async _get_comm_info(): Promise<Record<string, never>> {
    return {};
  }

  /** A model as it comes from a kernel, or from a saved notebook when there is no comm. */
  async create(id: string, state: Content, comm?: TestComm): Promise<base.WidgetModel> {
    const view = { _view_name: "AnyView", _view_module: "anywidget", _view_module_version: "*" };
    const model = { model_name: "AnyModel", model_module: "anywidget", model_module_version: "*", model_id: id };
    const names = { _model_name: "AnyModel", _model_module: "anywidget", _model_module_version: "*" };
    const options = comm ? { ...model, comm: comm as never } : model;
    return await this.new_model(options, { ...view, ...names, ...state } as never);
  }

  async view(id: string, place: HTMLElement): Promise<{ remove(): void }> {
    const view = await this.create_view((await this.get_model(id)) as never);
    place.append(view.el);
    return view;
  }
}

/** How a host may hand a binary value over. */
export type Form = "DataView" | "ArrayBuffer" | "typed array" | "base64";

function formed(bytes: readonly number[], form: Form): unknown {
  const padded = new Uint8Array([9, ...bytes, 9]);
  // A view into a larger buffer, as decoded messages have it.
  const view = new DataView(padded.buffer, 1, bytes.length);
  if (form === "DataView") return view;
  if (form === "ArrayBuffer") return padded.buffer.slice(1, 1 + bytes.length);
  if (form === "typed array") return padded.subarray(1, 1 + bytes.length);
  return btoa(String.fromCharCode(...bytes));
}

interface Kernel {
  status: string;
  isDisposed: boolean;
  statusChanged: Signal;
  disposed: Signal;
}

class Signal {
  readonly slots = new Set<() => void>();
  connect(slot: () => void): void {
    this.slots.add(slot);
  }
  disconnect(slot: () => void): void {
    this.slots.delete(slot);
  }
  emit(): void {
    for (const slot of [...this.slots]) slot();
  }
}

const comms = new Map<string, TestComm>();
const views: { remove(): void }[] = [];
let manager: TestManager;

const notebookHost: NotebookHost = {
  /** Set by a test that plays Python. */
  answer: undefined,
  asked: [],
  held: false,
  release: () => {},

  /** Take anywidget's front end, as Jupyter loads it. */
  start(anywidget: string): void {
    const define = (_: readonly string[], factory: (module: typeof base) => Readonly<Record<string, Class>>) => {
      manager = new TestManager(factory(base));
    };
    new Function("define", anywidget)(define);
  },

  /** Play Python: answer questions for data, and hold the answers back while `held`. */
  serve(blocks: Readonly<Record<string, readonly number[]>>, core: readonly number[]): void {
    const held: (() => void)[] = [];
    host.release = () => {
      host.held = false;
      for (const reply of held.splice(0)) reply();
    };
    host.answer = (comm, { content }) => {
      const asked = content as Content | undefined;
      if (!asked) return;
      host.asked.push(asked);
      const reply = (fields: Content, buffers: readonly (readonly number[])[] = []) => {
        const send = () => host.say(comm.comm_id, { id: asked.id, ...fields }, buffers);
        if (host.held) held.push(send);
        else queueMicrotask(send);
      };
      if (asked.kind === "hello") reply({ kind: "welcome", id: undefined });
      if (asked.kind === "ping") reply({ kind: "pong" });
      if (asked.kind === "answer" || asked.kind === "answer-chunk") reply({ kind: "ack" });
      if (asked.kind === "part?") reply({ kind: "part", name: asked.name, key: asked.key }, [core]);
      if (asked.kind === "pictures") reply({ kind: "pictures" }, [blocks[`${asked.key}/${asked.rows}`] ?? []]);
      if (asked.kind === "read") {
        const block = blocks[String(asked.key)];
        const [from, length] = [Number(asked.offset), Number(asked.length)];
        if (block) reply({ kind: "chunk" }, [block.slice(from, from + length)]);
        else reply({ kind: "error", reason: "Python no longer has these data.", remedy: "Run the cell again." });
      }
    };
  },

  withKernel(status: string): void {
    const kernel: Kernel = { status, isDisposed: false, statusChanged: new Signal(), disposed: new Signal() };
    manager.kernel = kernel;
  },
  breakComm(id: string): void {
    const comm = comms.get(id);
    if (comm) comm.broken = true;
  },
  kernelBecomes(status: string): void {
    const kernel = manager.kernel as Kernel;
    kernel.status = status;
    kernel.statusChanged.emit();
  },

  async open(
    id: string,
    state: Content,
    bytes: Readonly<Record<string, readonly number[]>> = {},
    form: Form = "DataView",
  ) {
    const comm = new TestComm(id);
    comms.set(id, comm);
    const binary = Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, formed(value, form)]));
    await manager.create(id, { ...state, ...binary }, comm);
  },
  /** A model from a saved notebook: no kernel. */
  async reopen(id: string, state: Content, bytes: Readonly<Record<string, readonly number[]>>) {
    const binary = Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, formed(value, "DataView")]));
    await manager.create(id, { ...state, ...binary });
  },
  async show(id: string): Promise<number> {
    const place = document.createElement("div");
    place.className = `view view-${views.length}`;
    document.getElementById("root")?.append(place);
    return views.push(await manager.view(id, place)) - 1;
  },
  hide(view: number): void {
    views[view]?.remove();
  },
  sent: (id: string) => comms.get(id)?.sent ?? [],
  say(id: string, content: Content, buffers: readonly (readonly number[])[] = [], form: Form = "DataView"): void {
    const formedBuffers = buffers.map((bytes) => formed(bytes, form) as DataView);
    comms.get(id)?.receive({ method: "custom", content }, formedBuffers);
  },
  write(id: string, state: Content, bytes: Readonly<Record<string, readonly number[]>> = {}): void {
    const buffers = Object.values(bytes).map((value) => formed(value, "DataView") as DataView);
    comms
      .get(id)
      ?.receive({ method: "update", state, buffer_paths: Object.keys(bytes).map((name) => [name]) }, buffers);
  },
  closeComm(id: string): void {
    comms.get(id)?.closeFromKernel();
  },
  async trait(id: string, name: string): Promise<unknown> {
    const value = (await manager.get_model(id)).get(name) as unknown;
    return value instanceof DataView
      ? { form: "DataView", bytes: [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)] }
      : value;
  },
  shared: (name: string) =>
    (globalThis as unknown as Record<symbol, Map<string, unknown>>)[Symbol.for(`layerscope.${name}`)]?.size ?? 0,
};

/** What the tests do to the page. */
export interface NotebookHost {
  /** Set by a test that plays Python. */
  answer: ((comm: TestComm, data: Content) => void) | undefined;
  /** Every custom message that the page has sent. */
  readonly asked: Content[];
  /** Answers are kept back while true; `release` gives them. */
  held: boolean;
  release(): void;
  start(anywidget: string): void;
  serve(blocks: Readonly<Record<string, readonly number[]>>, core: readonly number[]): void;
  withKernel(status: string): void;
  kernelBecomes(status: string): void;
  open(id: string, state: Content, bytes?: Readonly<Record<string, readonly number[]>>, form?: Form): Promise<void>;
  reopen(id: string, state: Content, bytes: Readonly<Record<string, readonly number[]>>): Promise<void>;
  show(id: string): Promise<number>;
  hide(view: number): void;
  sent(id: string): readonly SentMessage[];
  say(id: string, content: Content, buffers?: readonly (readonly number[])[], form?: Form): void;
  write(id: string, state: Content, bytes?: Readonly<Record<string, readonly number[]>>): void;
  closeComm(id: string): void;
  /** Let whatever the page sends fail, as when the kernel connection is disposed of. */
  breakComm(id: string): void;
  trait(id: string, name: string): Promise<unknown>;
  /** How many things of that name the page holds. */
  shared(name: string): number;
}

declare global {
  var host: NotebookHost;
}
globalThis.host = notebookHost;
