import { ComputeError } from "../../compute/errors.ts";
import type { WidgetSpec } from "./contract.ts";
import type { ReferenceDecoders } from "./decode-props.ts";
import { showError } from "./error-card.ts";
import { HeldSession } from "./held-session.ts";
import type { HostModel } from "./host-model.ts";
import { type MountModel, mountMembers } from "./mount-members.ts";
import { pageGlobal } from "./page-global.ts";
import { showProgress } from "./progress-line.ts";

/** What anywidget hands to `render`. */
export interface RenderProps {
  readonly model: HostModel;
  readonly el: HTMLElement;
  readonly signal: AbortSignal;
}

/** The widgets of this build by the name that Python writes into `_widget`; the code of some comes when first shown. */
export type WidgetTable = Readonly<Record<string, WidgetSpec<object> | (() => Promise<WidgetSpec<object>>)>>;

const sessions = () => pageGlobal("sessions", () => new Map<string, HeldSession>());

/**
 * A widget as an anywidget front-end module; `decoders` read what its properties refer to beside arrays and pictures.
 * Views of one model share one session, found by the model's id, because anywidget gives each view a model object of its
 * own.
 */
export function afm(
  widgets: WidgetTable,
  decoders: ReferenceDecoders = {},
): { render(props: RenderProps): Promise<void> } {
  return {
    async render({ model, el, signal }) {
      try {
        if (signal.aborted) return;
        if (model.get("_widget") === "progress") {
          const { target, id } = await followedModel(model);
          const spec = await specOf(widgets, target);
          if (!signal.aborted) showProgress(el, holdSession(spec, decoders, target, id, signal), signal);
          return;
        }
        const mount: MountModel = async (shown, root, until) => {
          const spec = await specOf(widgets, shown);
          if (!until.aborted)
            holdSession(spec, decoders, shown, String(shown.get("_id")), until).session.mount(root, until);
        };
        if (model.get("_widget") === "explore") await mountMembers(model, el, signal, mount);
        else await mount(model, el, signal);
      } catch (thrown) {
        showError(el, thrown);
      }
    },
  };
}

async function specOf(widgets: WidgetTable, model: HostModel): Promise<WidgetSpec<object>> {
  const name = String(model.get("_widget"));
  const spec = Object.hasOwn(widgets, name) ? widgets[name] : undefined;
  if (!spec)
    throw new ComputeError(
      "internal",
      `Python asks for a widget that the page doesn't know: "${name}".`,
      "Restart the kernel and reload the page, so that both use the same version.",
    );
  return typeof spec === "function" ? await spec() : spec;
}

/** The session of that model, opened for the first view and shared by the others. */
function holdSession(
  spec: WidgetSpec<object>,
  decoders: ReferenceDecoders,
  model: HostModel,
  id: string,
  signal: AbortSignal,
): HeldSession {
  const known = sessions().get(id);
  if (known) {
    known.attach(model, signal);
    return known;
  }
  const made = new HeldSession(spec, model, signal, decoders);
  sessions().set(id, made);
  made.lifetime.addEventListener("abort", () => sessions().delete(id), { once: true });
  return made;
}

async function followedModel(model: HostModel): Promise<{ target: HostModel; id: string }> {
  const id = String(model.get("_of"));
  const target = await model.widget_manager?.get_model(id);
  if (!target)
    throw new ComputeError("internal", "This line follows a widget that is no longer there.", "Run the cell again.");
  return { target, id };
}
