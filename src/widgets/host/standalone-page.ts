import { bytesOf } from "./bytes-of.ts";
import type { EmbeddedPage } from "./embedded-page.ts";
import type { HostModel, ModelManager } from "./host-model.ts";
import { importModules } from "./import-modules.ts";
import { StandaloneModel } from "./standalone-model.ts";

/** What stands in `<script type="application/json" id="ls-state">`. */
interface PageState {
  /** Traits by model id; binary ones as base64 under `$bytes`. */
  readonly models: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Core {
  render(props: { model: HostModel; el: HTMLElement; signal: AbortSignal }): Promise<void>;
}

/** Show every `<div data-ls-view="model id">` of an exported page. */
export async function startPage(document: Document, page: EmbeddedPage): Promise<void> {
  const places = [...document.querySelectorAll<HTMLElement>("[data-ls-view]")];
  try {
    const state = JSON.parse(document.getElementById("ls-state")?.textContent ?? "{}") as PageState;
    const core = (await importModules(await page.read("core"))) as Core;
    const models = new Map<string, HostModel>();
    const manager: ModelManager = {
      async get_model(id) {
        const model = models.get(id);
        if (!model) throw new Error(`This page lacks the widget ${id}.`);
        return model;
      },
    };
    for (const [id, traits] of Object.entries(state.models))
      models.set(id, new StandaloneModel(unpackBytes(traits), manager));
    const { signal } = new AbortController();
    await Promise.all(
      places.map(async (el) => core.render({ model: await manager.get_model(el.dataset.lsView ?? ""), el, signal })),
    );
  } catch (thrown) {
    for (const place of places)
      place.textContent = `This widget could not be shown: ${thrown instanceof Error ? thrown.message : thrown}`;
  }
}

function unpackBytes(traits: Readonly<Record<string, unknown>>): Map<string, unknown> {
  return new Map(
    Object.entries(traits).map(([name, value]) => {
      const packed = typeof value === "object" && value !== null && "$bytes" in value ? value.$bytes : undefined;
      return [name, typeof packed === "string" ? new DataView(bytesOf(packed).buffer) : value];
    }),
  );
}
