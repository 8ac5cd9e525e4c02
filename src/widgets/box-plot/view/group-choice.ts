import { buildElement } from "../../chrome/build-element.ts";

export interface GroupChoiceEvents {
  onChoose(groups: "selection" | "classes"): void;
  /** Let the panels go with the ranking again. */
  onBest(): void;
}

export interface GroupChoice {
  readonly element: HTMLElement;
  /** @param isHeld Other units than the ranking's best are on show, because rows were selected by their boxes. */
  show(groups: "selection" | "classes", isHeld: boolean): void;
}

const words = {
  selection: { text: "selected vs rest", told: "Rank units by what tells the selected rows from the rest" },
  classes: { text: "classes", told: "Rank units by what tells the classes apart" },
} as const;

const HELD = "Panels stay while rows are selected by their boxes";

/** For what units are ranked while rows are selected, and whether the panels follow that ranking. */
export function groupChoice({ onChoose, onBest }: GroupChoiceEvents, signal: AbortSignal): GroupChoice {
  const choiceButton = (text: string, told: string, press: () => void): HTMLButtonElement => {
    const button = buildElement("button", {
      class: "ls-unit-choice",
      text,
      attributes: { type: "button", title: told },
    });
    button.addEventListener("click", press, { signal });
    return button;
  };
  const buttons = (["selection", "classes"] as const).map((groups) => {
    const { text, told } = words[groups];
    return { groups, button: choiceButton(text, told, () => onChoose(groups)) };
  });
  const choices = buildElement("div", {
    class: "ls-unit-choices",
    attributes: { role: "group", "aria-label": "Units are ranked for" },
    children: buttons.map(({ button }) => button),
  });
  const held = buildElement("div", {
    class: "ls-unit-choices ls-unit-held",
    children: [
      buildElement("span", { text: "Panels held.", attributes: { title: HELD } }),
      choiceButton("Show the best", "Show the units that this ranking has first", () => {
        onBest();
        // This button goes with what it ends; the focus stays beside it.
        buttons.find(({ button }) => button.ariaPressed === "true")?.button.focus();
      }),
    ],
  });
  return {
    element: buildElement("div", { children: [choices, held] }),
    show(chosen, isHeld) {
      for (const { groups, button } of buttons) button.setAttribute("aria-pressed", String(groups === chosen));
      held.hidden = !isHeld;
    },
  };
}
