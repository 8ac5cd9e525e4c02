import { buildElement } from "../../chrome/build-element.ts";

export interface GroupChoice {
  readonly element: HTMLElement;
  show(groups: "selection" | "classes"): void;
}

const words = {
  selection: { text: "selected vs rest", told: "Rank units by what tells the selected rows from the rest" },
  classes: { text: "classes", told: "Rank units by what tells the classes apart" },
} as const;

/** For what units are ranked while rows are selected. */
export function groupChoice(onChoose: (groups: "selection" | "classes") => void, signal: AbortSignal): GroupChoice {
  const buttons = (["selection", "classes"] as const).map((groups) => {
    const { text, told } = words[groups];
    const button = buildElement("button", {
      class: "ls-unit-choice",
      text,
      attributes: { type: "button", title: told, "aria-pressed": "false" },
    });
    button.addEventListener("click", () => onChoose(groups), { signal });
    return { groups, button };
  });
  const element = buildElement("div", {
    class: "ls-unit-choices",
    attributes: { role: "group", "aria-label": "Units are ranked for" },
    children: buttons.map(({ button }) => button),
  });
  return {
    element,
    show(chosen) {
      for (const { groups, button } of buttons) button.setAttribute("aria-pressed", String(groups === chosen));
    },
  };
}
