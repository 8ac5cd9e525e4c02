import { type CommonKeys, did, pressCommonKey } from "../../chrome/common-keys.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";

/** What keys do to the picture: the flat one, or one in space that is on show instead. */
export interface ViewKeys {
  /** To the nearest mark in that direction on the screen, y downwards. */
  step(x: number, y: number): void;
  moveView(x: number, y: number): void;
  zoom(factor: number): void;
  fit(): void;
  /** Enter: whether there was a row to select. */
  choose(): boolean;
}

/** What keys do while the focus is on the body. */
export interface KeyTarget extends ViewKeys, CommonKeys {
  holdSpace(isHeld: boolean): void;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const VIEW_STEP = 40;
const ZOOM_STEP = 1.25;

/** Keys pressed on the body itself; what is not used here goes on to the notebook (Shift + Enter runs its cell). */
export function listenPlaneKeys(body: HTMLElement, target: KeyTarget, signal: AbortSignal): void {
  const isOnBody = (event: KeyboardEvent) => event.composedPath()[0] === body;
  listenKeys(body, (event) => isOnBody(event) && use(event, target), signal);
  const release = () => target.holdSpace(false);
  body.addEventListener("keyup", (event) => event.key === " " && release(), { signal });
  body.addEventListener("blur", release, { signal });
}

function use(event: KeyboardEvent, target: KeyTarget): boolean {
  const { key } = event;
  if (pressCommonKey(event, target)) return true;
  if (!isPlain(event)) return false;
  const arrow = ARROWS[key];
  if (arrow && event.shiftKey) return did(() => target.moveView(-arrow[0] * VIEW_STEP, -arrow[1] * VIEW_STEP));
  if (arrow) return did(() => target.step(...arrow));
  if (key === "Enter") return !event.shiftKey && target.choose();
  if (key === "+" || key === "=") return did(() => target.zoom(ZOOM_STEP));
  if (key === "-" || key === "_") return did(() => target.zoom(1 / ZOOM_STEP));
  if (key === "0") return did(() => target.fit());
  if (key === " ") return did(() => target.holdSpace(true));
  return false;
}
