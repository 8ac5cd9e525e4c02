import check from "lucide:check";
import { buildElement } from "./build-element.ts";
import { buildIcon } from "./icon.ts";

export interface MenuItem {
  readonly name: string;
  readonly icon?: string;
  /** One of several (a tick stands before it); leave out for a plain action. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** A line above this item. */
  readonly separated?: boolean;
  run(): void;
}

export interface MenuOptions {
  readonly name: string;
  readonly items: readonly MenuItem[];
  /** The button that opened it; gets the focus back. */
  readonly anchor: HTMLElement;
  readonly onClose?: () => void;
}

export interface Menu {
  readonly element: HTMLElement;
  close(): void;
}

/** Open a menu under its button; arrows, first letters, Enter and Esc work; a press elsewhere closes it. */
export function openMenu({ name, items, anchor, onClose }: MenuOptions): Menu {
  const life = new AbortController();
  const { signal } = life;
  const buttons = items.map((item) => buildItem(item, (restoreFocus) => close(restoreFocus)));
  const element = buildElement("div", {
    class: "ls-menu",
    attributes: { role: "menu", "aria-label": name },
    children: buttons.flatMap((button, index) =>
      items[index]?.separated
        ? [buildElement("div", { class: "ls-menu-rule", attributes: { role: "separator" } }), button]
        : [button],
    ),
  });
  const home = anchor.parentElement ?? anchor;

  function close(restoreFocus = true): void {
    if (signal.aborted) return;
    life.abort();
    element.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (restoreFocus) anchor.focus();
    onClose?.();
  }
  const enabled = buttons.filter((button) => !button.disabled);
  const focused = (): number => enabled.findIndex((button) => button.matches(":focus"));
  const focusAt = (index: number): void => enabled[(index + enabled.length) % enabled.length]?.focus();

  element.addEventListener(
    "keydown",
    (event) => {
      const { key } = event;
      if (key === "ArrowDown") focusAt(focused() + 1);
      else if (key === "ArrowUp") focusAt(focused() < 0 ? -1 : focused() - 1);
      else if (key === "Home") focusAt(0);
      else if (key === "End") focusAt(-1);
      else if (key === "Escape" || key === "Tab") close(key === "Escape");
      else if (key.length === 1 && /\S/.test(key)) {
        const after = [...enabled.slice(focused() + 1), ...enabled.slice(0, focused() + 1)];
        after.find((button) => button.textContent?.toLowerCase().startsWith(key.toLowerCase()))?.focus();
      } else return;
      if (key !== "Tab") event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  element.ownerDocument.addEventListener(
    "pointerdown",
    (event) => {
      const path = event.composedPath();
      if (!path.includes(element) && !path.includes(anchor)) close(false);
    },
    { signal, capture: true },
  );

  home.append(element);
  anchor.setAttribute("aria-expanded", "true");
  placeUnder(element, anchor);
  (buttons.find((button) => button.getAttribute("aria-checked") === "true") ?? enabled[0])?.focus();
  return { element, close };
}

function buildItem(item: MenuItem, close: (restoreFocus: boolean) => void): HTMLButtonElement {
  const chosen = item.checked !== undefined;
  const mark = buildElement("span", {
    class: "ls-menu-mark",
    children: [item.checked ? buildIcon(check) : item.icon && !chosen ? buildIcon(item.icon) : null],
  });
  const button = buildElement("button", {
    class: "ls-menu-item",
    attributes: {
      type: "button",
      role: chosen ? "menuitemradio" : "menuitem",
      tabindex: "-1",
      ...(chosen ? { "aria-checked": String(item.checked) } : {}),
    },
    children: [mark, buildElement("span", { text: item.name })],
  });
  button.disabled = item.disabled ?? false;
  button.addEventListener("click", () => {
    close(true);
    item.run();
  });
  return button;
}

/** Right edges meet, unless that would leave the widget at its left. */
function placeUnder(menu: HTMLElement, anchor: HTMLElement): void {
  const frame = anchor.closest(".layerscope")?.getBoundingClientRect();
  const button = anchor.getBoundingClientRect();
  menu.style.top = `${anchor.offsetTop + anchor.offsetHeight + 2}px`;
  const left = anchor.offsetLeft + anchor.offsetWidth - menu.offsetWidth;
  const leftmost = frame ? anchor.offsetLeft - (button.left - frame.left) : left;
  menu.style.left = `${Math.max(left, leftmost)}px`;
}
