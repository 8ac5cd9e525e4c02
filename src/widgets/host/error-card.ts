import { ComputeError } from "../../compute/errors.ts";

/** Say in a cell's own place why there is no widget, when even its frame could not be built. Text, never markup. */
export function showError(root: HTMLElement, thrown: unknown): void {
  const { reason, remedy, details } = ComputeError.from(thrown);
  const card = document.createElement("div");
  card.setAttribute("role", "alert");
  card.className = "ls-failure";
  card.append(paragraph(reason, "600"), paragraph(remedy, "400"));
  if (details) card.append(fold(details));
  root.replaceChildren(card);
}

function paragraph(text: string, weight: string): HTMLElement {
  const element = document.createElement("p");
  element.textContent = text;
  element.style.cssText = `margin: 0 0 4px; font-weight: ${weight}`;
  return element;
}

function fold(text: string): HTMLElement {
  const element = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Details";
  const lines = document.createElement("pre");
  lines.textContent = text;
  element.append(summary, lines);
  return element;
}
