import close from "lucide:x";
import { buildElement } from "./build-element.ts";
import { buildIcon } from "./icon.ts";

/** A panel that covers the body (`Frame.setDialog`), with a title and a button that closes it. */
export function dialog(title: string, content: readonly Node[], onClose: () => void): HTMLElement {
  const shut = buildElement("button", {
    class: "ls-tool",
    attributes: { type: "button", "aria-label": "Close", title: "Close" },
    children: [buildIcon(close)],
  });
  shut.addEventListener("click", onClose);
  return buildElement("div", {
    class: "ls-dialog",
    attributes: { role: "dialog", "aria-label": title, tabindex: "-1" },
    children: [
      buildElement("div", {
        class: "ls-dialog-head",
        children: [buildElement("h3", { class: "ls-legend-title", text: title }), shut],
      }),
      buildElement("div", { class: "ls-dialog-content", children: content }),
    ],
  });
}
