import type { SessionStatus } from "./contract.ts";
import type { HeldSession } from "./held-session.ts";

/** One line that says how far a widget is which is on show nowhere: Python waits for it, so it has to run somewhere. */
export function showProgress(root: HTMLElement, { status, answering }: HeldSession, signal: AbortSignal): void {
  const line = document.createElement("output");
  line.className = "ls-progress-line";
  root.replaceChildren(line);
  const write = () => {
    line.textContent = answering.sentence ?? sentenceOf(status.latest);
  };
  status.listen(write, signal);
  answering.listen(write, signal);
  write();
}

function sentenceOf(status: SessionStatus): string {
  switch (status.phase) {
    case "waiting":
      return "Waiting for the data.";
    case "working":
    case "stopped":
      return status.sentence;
    case "done":
      return status.caption;
    case "failed":
      return `${status.reason} ${status.remedy}`.trim();
  }
}
