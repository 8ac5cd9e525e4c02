import { frame } from "../../chrome/frame.ts";
import type { SaliencyOverlaySession } from "../session.ts";

const TITLE = "Saliency";

/** Show a session in `root`, until `signal` aborts. */
export function mountView(session: SaliencyOverlaySession, root: HTMLElement, signal: AbortSignal): void {
  frame(root, { title: session.props.title ?? TITLE, onFullScreen: () => undefined }, signal);
}
