import { version } from "../../version.ts";
import { buildElement } from "../chrome/build-element.ts";
import { errorSentence } from "../chrome/error-card.ts";
import { liveRegion } from "../chrome/live-region.ts";
import { statusLine } from "../chrome/status-line.ts";
import { chromeStyles } from "../chrome/styles.ts";
import { watchColorScheme } from "../theme/color-scheme.ts";
import { installStyles } from "../theme/install-styles.ts";
import type { ActivationsSession } from "./session.ts";

/** One line: how far the model is, with Cancel; how much there is; or what went wrong and what to do. */
export function mountView(session: ActivationsSession, host: HTMLElement, signal: AbortSignal): void {
  const line = statusLine();
  const live = liveRegion();
  const root = buildElement("section", {
    class: "layerscope",
    attributes: { "aria-label": "Activations", "data-lm-suppress-shortcuts": "true" },
    children: [line.element, live.element],
  });
  host.append(root);
  installStyles(root, `layerscope ${version}`, chromeStyles);
  signal.addEventListener("abort", () => root.remove(), { once: true });
  const scheme = watchColorScheme(root, session.props.theme, () => undefined, signal);

  let heard: string | null = null;
  const show = (): void => {
    const { work, backend } = session;
    const { error } = work;
    const isBusy = work.share !== null;
    scheme.setTheme(session.props.theme);
    const actions = work.actions.map(({ label, run }) => ({ name: label, run }));
    const retry = error && error.kind !== "input" ? [{ name: "Run", run: () => session.again() }] : [];
    const told = [work.sentence, work.hostNotice].filter(Boolean).join(" ") || "Waiting for the model.";
    line.say("error", error ? errorSentence(error, root, retry) : null);
    line.say("progress", isBusy ? { text: told, actions } : null);
    line.say("notice", isBusy ? null : { text: told, actions, beside: actions.length > 0 });
    line.setBackend(backend?.name ?? "", backend?.reason ?? "");
    root.setAttribute("aria-busy", String(isBusy));
    // A line that ticks is not read out at each tick.
    const state = isBusy ? "busy" : (error?.message ?? told);
    if (heard !== state) live.announce(error?.message ?? told);
    heard = state;
  };
  session.listen(show, signal);
  show();
}
