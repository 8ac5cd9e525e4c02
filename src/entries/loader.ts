// The whole `_esm` of every widget: Jupyter evaluates it once a widget and never frees it, so it only fetches the
// shared core, once a page and version, from wherever this host can give it.
import { bytesOf } from "../widgets/host/bytes-of.ts";
import { gunzip } from "../widgets/host/gunzip.ts";
import type { HostModel } from "../widgets/host/host-model.ts";
import { importText } from "../widgets/host/import-text.ts";
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

async function load(props: RenderProps, key: string): Promise<Core> {
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
      }),
    ]);
    return (await importText(await gunzip(packed))) as Core;
  } finally {
    clearTimeout(headStart);
    clearTimeout(limit);
  }
}

export default {
  async render(props: RenderProps): Promise<void> {
    const { model, el, signal } = props;
    const pool = pageGlobal("core", () => new Map<string, Promise<Core>>());
    const key = String(model.get("_core_key"));
    let core = pool.get(key);
    if (!core) {
      core = load(props, key);
      pool.set(key, core);
      core.catch(() => pool.delete(key));
    }
    try {
      const { render } = await core;
      if (!signal.aborted) await render(props);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      el.textContent = `The widget's code did not arrive (${why}). Run the cell again.`;
    }
  },
};
