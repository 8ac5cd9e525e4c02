// The whole `_esm` of every model: Jupyter evaluates it once a model and never frees it, so it only fetches the shared
// core, once a page and version, from wherever this host can give it.
import { bytesOf } from "../widgets/host/bytes-of.ts";
import { gunzip } from "../widgets/host/gunzip.ts";
import type { HostModel } from "../widgets/host/host-model.ts";
import { importModules } from "../widgets/host/import-modules.ts";
import { pageGlobal } from "../widgets/host/page-global.ts";

interface Core {
  render(props: RenderProps): Promise<void>;
}

interface RenderProps {
  readonly model: HostModel;
  readonly el: HTMLElement;
  readonly signal: AbortSignal;
  readonly host?: { getModel?(reference: string): Promise<HostModel> } | undefined;
}

/** Start given to the quicker route before the kernel is asked as well, ms. */
const HEAD_START = 300;
/** Wait for the code from anywhere, ms. */
const LIMIT = 15_000;

async function fromAsset({ model, host }: RenderProps): Promise<Uint8Array<ArrayBuffer>> {
  const id = String(model.get("_core") ?? "").replace(/^(IPY_MODEL_|anywidget:)/, "");
  if (!id) throw new Error("no asset");
  const asset = host?.getModel ? await host.getModel(`anywidget:${id}`) : await model.widget_manager?.get_model(id);
  const packed = bytesOf(asset?.get("contents"));
  if (!packed.length) throw new Error("the saved state lacks the code");
  return packed;
}

function fromKernel({ model, signal }: RenderProps, key: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => {
    const hear = (content: unknown, buffers: unknown) => {
      const { kind, name, key: theirs } = content as { kind?: unknown; name?: unknown; key?: unknown };
      if (kind !== "part" || name !== "core" || theirs !== key || !Array.isArray(buffers)) return;
      model.off("msg:custom", hear);
      resolve(bytesOf(buffers[0]));
    };
    model.on("msg:custom", hear as (...values: readonly unknown[]) => void);
    signal.addEventListener("abort", () => model.off("msg:custom", hear as (...values: readonly unknown[]) => void));
    model.send({ kind: "part?", name: "core", key });
  });
}

/** @throws {DOMException} an AbortError when the view goes before the code has come: only a view can hear the kernel. */
async function load(props: RenderProps, key: string): Promise<Core> {
  const { signal } = props;
  const arrival = new AbortController();
  let headStart: ReturnType<typeof setTimeout> | undefined;
  let limit: ReturnType<typeof setTimeout> | undefined;
  try {
    const packed = await Promise.race([
      Promise.any([
        fromAsset(props),
        new Promise<void>((resolve) => {
          headStart = setTimeout(resolve, HEAD_START);
        }).then(() => fromKernel(props, key)),
      ]),
      new Promise<never>((_, reject) => {
        limit = setTimeout(() => reject(new Error("no answer")), LIMIT);
        const leave = () => reject(new DOMException("The view is gone.", "AbortError"));
        signal.addEventListener("abort", leave, { once: true, signal: arrival.signal });
      }),
    ]);
    return await evaluate(packed);
  } finally {
    clearTimeout(headStart);
    clearTimeout(limit);
    arrival.abort();
  }
}

const evaluate = async (packed: Uint8Array<ArrayBuffer>) => (await importModules(await gunzip(packed))) as Core;

/** The cores of this page by their versions. */
const cores = () => pageGlobal("core", () => new Map<string, Promise<Core>>());

function keep(key: string, core: Promise<Core>): Promise<Core> {
  cores().set(key, core);
  core.catch(() => cores().delete(key));
  return core;
}

/** The page's one copy of the core. When the view that began to load it goes, the next that waits begins anew. */
async function sharedCore(props: RenderProps): Promise<Core> {
  const key = String(props.model.get("_core_key"));
  for (;;) {
    try {
      return await (cores().get(key) ?? keep(key, load(props, key)));
    } catch (thrown) {
      // By name: every widget evaluates a loader of its own, and with it classes of its own.
      if (props.signal.aborted || !(thrown instanceof DOMException && thrown.name === "AbortError")) throw thrown;
    }
  }
}

export default {
  /** The model that has the core comes first: it is made ready while Python prepares the data of the widget. */
  initialize({ model }: { readonly model: HostModel }): void {
    const packed = bytesOf(model.get("contents"));
    const key = String(model.get("_core_key"));
    if (packed.length && !cores().has(key)) void keep(key, evaluate(packed)).catch(() => undefined);
  },

  async render(props: RenderProps): Promise<void> {
    const { el, signal } = props;
    if (signal.aborted) return;
    try {
      const { render } = await sharedCore(props);
      if (!signal.aborted) await render(props);
    } catch (thrown) {
      if (signal.aborted) return;
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      el.textContent = `The widget's code did not arrive (${why}). Run the cell again.`;
    }
  },
};
