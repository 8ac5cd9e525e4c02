/** CSS px. */
export const LINE_HEIGHT = 24;
/** Lines built beyond the edges of what is seen. */
const SPARE = 6;

export interface LineWindowParts {
  /** What is scrolled; its head, as high as a line, stays above the lines. */
  readonly scroller: HTMLElement;
  /** As high as all lines together. */
  readonly space: HTMLElement;
  /** Holds the lines that are built, moved to where they belong. */
  readonly visible: HTMLElement;
  build(): HTMLElement;
  fill(line: HTMLElement, at: number): void;
  /** Those in view are filled anew: which are built may have changed. */
  onFollowed(): void;
}

export interface LineWindow {
  /** How many lines there are; those in view are filled anew. */
  show(count: number): void;
  /** Fill anew what is in view. */
  follow(): void;
  /** Scroll until that line is in view. */
  reveal(at: number): void;
  /** Whether that line is built at present. */
  isBuilt(at: number): boolean;
  /** Lines that fit in view. */
  readonly page: number;
}

/** Lines one below the other, of which only those in view are built: a thousand cost as much as forty. */
export function lineWindow(
  { scroller, space, visible, build, fill, onFollowed }: LineWindowParts,
  signal: AbortSignal,
): LineWindow {
  let count = 0;
  let [first, last] = [0, 0];
  let height = 0;
  // While the page hides the table, as a notebook does that changes its theme, it has no height of its own.
  const roomOf = (): number => {
    height = scroller.clientHeight || height;
    return height - LINE_HEIGHT;
  };
  const follow = (): void => {
    first = Math.max(0, Math.floor(scroller.scrollTop / LINE_HEIGHT) - SPARE);
    last = Math.min(count, Math.ceil((scroller.scrollTop + roomOf()) / LINE_HEIGHT) + SPARE);
    while (visible.children.length < last - first) visible.append(build());
    while (visible.children.length > Math.max(0, last - first)) visible.lastElementChild?.remove();
    visible.style.transform = `translateY(${first * LINE_HEIGHT}px)`;
    for (let at = first; at < last; at++) {
      const line = visible.children[at - first];
      if (line instanceof HTMLElement) fill(line, at);
    }
    onFollowed();
  };
  scroller.addEventListener("scroll", follow, { signal });
  const observer = new ResizeObserver(follow);
  observer.observe(scroller);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });

  return {
    show(next) {
      count = next;
      space.style.height = `${count * LINE_HEIGHT}px`;
      follow();
    },
    follow,
    reveal(at) {
      const top = at * LINE_HEIGHT;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + LINE_HEIGHT > scroller.scrollTop + roomOf()) scroller.scrollTop = top + LINE_HEIGHT - roomOf();
      follow();
    },
    isBuilt: (at) => at >= first && at < last,
    get page() {
      return Math.max(1, Math.floor(roomOf() / LINE_HEIGHT) - 1);
    },
  };
}
