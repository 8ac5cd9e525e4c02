import ellipsis from "lucide:ellipsis";
import { buildElement } from "./build-element.ts";
import { buildIcon } from "./icon.ts";
import { type Menu, type MenuItem, openMenu } from "./menu.ts";

export interface Tool {
  readonly id: string;
  /** Text of the icon's SVG file. */
  readonly icon: string;
  /** Also the tooltip and what a screen reader says. */
  readonly name: string;
  /** What a press does; a tool with a menu opens it instead. */
  readonly press?: () => void;
  /** Asked each time it opens. */
  readonly menu?: () => readonly MenuItem[];
  /** For a tool that stays on: whether it is. Leave out for an action. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  /** There is nothing that it could do at present. */
  readonly hidden?: boolean;
  /** Stays a button of its own in the narrow layout; the others go into the ellipsis. */
  readonly kept?: boolean;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** Change what a tool shows: its pressed state, name, icon or whether it can be used. */
  change(id: string, state: Partial<Pick<Tool, "pressed" | "name" | "icon" | "disabled" | "hidden">>): void;
  focus(id: string): void;
}

interface Shown {
  tool: Tool;
  readonly button: HTMLButtonElement;
}

/** One row of icon buttons in groups; one Tab stop, arrows inside (WAI-ARIA toolbar). */
export function toolbar(name: string, groups: readonly (readonly Tool[])[], signal: AbortSignal): Toolbar {
  const element = buildElement("div", { class: "ls-toolbar", attributes: { role: "toolbar", "aria-label": name } });
  const shown = new Map<string, Shown>();
  let menu: Menu | null = null;
  signal.addEventListener("abort", () => menu?.close(), { once: true });

  const open = (title: string, items: readonly MenuItem[], anchor: HTMLButtonElement): void => {
    const reopened = menu !== null && anchor.getAttribute("aria-expanded") === "true";
    menu?.close();
    if (reopened) return;
    menu = openMenu({
      name: title,
      items,
      anchor,
      onClose: () => {
        menu = null;
      },
    });
  };
  const activate = ({ tool }: Shown, anchor: HTMLButtonElement): void => {
    if (tool.menu) open(tool.name, tool.menu(), anchor);
    else tool.press?.();
  };

  for (const group of groups) {
    if (group.length === 0) continue;
    const holder = buildElement("div", { class: "ls-tool-group" });
    for (const tool of group) {
      const entry: Shown = { tool, button: buildTool(tool) };
      entry.button.addEventListener("click", () => activate(entry, entry.button), { signal });
      shown.set(tool.id, entry);
      holder.append(entry.button);
    }
    element.append(holder);
  }

  const more = buildTool({ id: "more", icon: ellipsis, name: "More", menu: () => [] });
  more.classList.add("ls-tool-more");
  more.addEventListener(
    "click",
    () => {
      const items = [...shown.values()]
        .filter(({ tool }) => !tool.kept && !tool.hidden)
        .map((entry): MenuItem => {
          const { icon, name: text, pressed, disabled = false } = entry.tool;
          const run = (): void => activate(entry, more);
          return { name: text, icon, disabled, ...(pressed ? { checked: true } : {}), run };
        });
      open("More", items, more);
    },
    { signal },
  );
  element.append(buildElement("div", { class: "ls-tool-group ls-tool-group-more", children: [more] }));

  const buttons = (): HTMLButtonElement[] =>
    [...element.querySelectorAll<HTMLButtonElement>(".ls-tool")].filter((button) => button.getClientRects().length > 0);
  const rove = (to: HTMLButtonElement | undefined): void => {
    if (!to) return;
    for (const button of element.querySelectorAll<HTMLButtonElement>(".ls-tool"))
      button.tabIndex = button === to ? 0 : -1;
  };
  rove(element.querySelector<HTMLButtonElement>(".ls-tool") ?? undefined);
  element.addEventListener(
    "focusin",
    ({ target }) => target instanceof HTMLButtonElement && target.matches(".ls-tool") && rove(target),
    { signal },
  );
  element.addEventListener(
    "keydown",
    (event) => {
      const visible = buttons();
      const at = visible.indexOf(event.target as HTMLButtonElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: visible.length - 1 }[event.key];
      if (at < 0) return;
      if (event.key === "ArrowDown" && visible[at]?.hasAttribute("aria-haspopup")) visible[at]?.click();
      else if (to !== undefined) visible[(to + visible.length) % visible.length]?.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );

  return {
    element,
    change(id, state) {
      const entry = shown.get(id);
      if (!entry) return;
      entry.tool = { ...entry.tool, ...state };
      showState(entry.button, entry.tool);
    },
    focus: (id) => shown.get(id)?.button.focus(),
  };
}

function buildTool(tool: Tool): HTMLButtonElement {
  const button = buildElement("button", { class: "ls-tool", attributes: { type: "button", tabindex: "-1" } });
  if (tool.kept) button.classList.add("ls-tool-kept");
  if (tool.menu) {
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
  }
  showState(button, tool);
  return button;
}

function showState(button: HTMLButtonElement, { name, icon, pressed, disabled = false, hidden = false }: Tool): void {
  button.title = name;
  button.setAttribute("aria-label", name);
  button.disabled = disabled;
  button.hidden = hidden;
  if (pressed === undefined) button.removeAttribute("aria-pressed");
  else button.setAttribute("aria-pressed", String(pressed));
  button.replaceChildren(buildIcon(icon));
}
