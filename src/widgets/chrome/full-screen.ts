export interface FullScreen {
  readonly active: boolean;
  toggle(): Promise<void>;
}

/** Chromium alone lets a page keep Esc for its menus while in full screen. */
type KeyboardWithLock = { lock?(keys: string[]): Promise<void>; unlock?(): void };

/**
 * Fill the screen with `root`, by the Fullscreen API or, where a frame forbids it, by covering the page. `.ls-full` is
 * on the root meanwhile.
 */
export function fullScreen(root: HTMLElement, onChange: (active: boolean) => void, signal: AbortSignal): FullScreen {
  const keyboard = (navigator as Navigator & { keyboard?: KeyboardWithLock }).keyboard;
  let covering = false;
  let shown = false;
  const isActive = (): boolean => covering || (root.getRootNode() as Document | ShadowRoot).fullscreenElement === root;

  const follow = (): void => {
    const active = isActive();
    if (active === shown) return;
    shown = active;
    root.classList.toggle("ls-full", active);
    root.classList.toggle("ls-covering", covering);
    if (!active) keyboard?.unlock?.();
    onChange(active);
  };
  const leave = async (): Promise<void> => {
    if (covering) covering = false;
    else if (isActive()) await document.exitFullscreen();
    follow();
  };
  const enter = async (): Promise<void> => {
    try {
      await root.requestFullscreen();
      await keyboard?.lock?.(["Escape"]).catch(() => undefined);
    } catch {
      covering = true;
    }
    follow();
  };

  document.addEventListener("fullscreenchange", follow, { signal });
  signal.addEventListener("abort", () => void leave(), { once: true });
  return {
    get active() {
      return isActive();
    },
    toggle: () => (isActive() ? leave() : enter()),
  };
}
