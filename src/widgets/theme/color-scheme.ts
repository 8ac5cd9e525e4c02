import { luminance, parseColor } from "./rgb.ts";
import type { Scheme } from "./tokens.ts";

export type Theme = Scheme | "auto";

export interface ColorScheme {
  /** The scheme in force now. */
  readonly scheme: Scheme;
  /** Ask for a theme by name, or follow the page again. */
  setTheme(theme: Theme): void;
}

/**
 * Keep `root` in the scheme of its page (or in the theme asked for) until `signal` aborts: `color-scheme` is set on it,
 * so that `light-dark()` in our styles follows, and `onChange` is told, so that canvases are drawn again.
 */
export function watchColorScheme(
  root: HTMLElement,
  theme: Theme,
  onChange: (scheme: Scheme) => void,
  signal: AbortSignal,
): ColorScheme {
  const page = root.ownerDocument;
  let asked = theme;
  let scheme: Scheme | null = null;

  const follow = (): Scheme => {
    const found = asked === "auto" ? schemeOfPage(root) : asked;
    if (asked === "auto") delete root.dataset.lsTheme;
    else root.dataset.lsTheme = asked;
    root.style.colorScheme = found;
    const before = scheme;
    scheme = found;
    if (before !== null && before !== found) onChange(found);
    return found;
  };

  const observer = new MutationObserver(follow);
  const attributeFilter = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-jp-theme-name"];
  for (const node of [page.documentElement, page.body]) observer.observe(node, { attributes: true, attributeFilter });
  page.defaultView?.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow, { signal });
  // A widget built before it is put into its page (Observable) has a page to follow once it has a size.
  const arrivals = new ResizeObserver(() => follow());
  arrivals.observe(root);
  const end = (): void => {
    observer.disconnect();
    arrivals.disconnect();
  };
  signal.addEventListener("abort", end, { once: true });
  follow();

  return {
    get scheme() {
      return scheme ?? follow();
    },
    setTheme(next) {
      asked = next;
      follow();
    },
  };
}

/**
 * What the page around `root` looks like: the word of JupyterLab or VS Code where they give one, else the lightness of
 * the first painted background behind the widget (Colab, marimo, a lecturer's own page), else the page's
 * `color-scheme`. A page that declares none is white, whatever the system prefers.
 */
export function schemeOfPage(root: HTMLElement): Scheme {
  const page = root.ownerDocument;
  const jupyter = page.body.dataset.jpThemeLight;
  if (jupyter) return jupyter === "false" ? "dark" : "light";
  const editor = page.body.classList;
  if (editor.contains("vscode-dark") || editor.contains("vscode-high-contrast")) return "dark";
  if (editor.contains("vscode-light") || editor.contains("vscode-high-contrast-light")) return "light";

  const view = page.defaultView;
  if (!view) return "light";
  for (let behind = parentOf(root); behind; behind = parentOf(behind)) {
    const lightness = paintedLuminance(view.getComputedStyle(behind).backgroundColor);
    // Grey of 18 % luminance is where black and white text are equally readable.
    if (lightness !== null) return lightness < 0.18 ? "dark" : "light";
  }
  const declared = declaredSchemes(page, view);
  if (!declared.includes("dark")) return "light";
  if (!declared.includes("light")) return "dark";
  return view.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** By a style, else by a `<meta name="color-scheme">`: that paints the page too, but no computed style tells of it. */
function declaredSchemes(page: Document, view: Window): string {
  const { colorScheme } = view.getComputedStyle(page.documentElement);
  if (colorScheme !== "normal") return colorScheme;
  return page.querySelector('meta[name="color-scheme" i]')?.getAttribute("content") ?? "";
}

function parentOf(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** null where the background is not painted, or in a colour space that says nothing simple (`color(...)`). */
function paintedLuminance(background: string): number | null {
  if (!background.startsWith("rgb")) return null;
  const { rgb, opacity } = parseColor(background);
  return opacity < 0.5 ? null : luminance(rgb);
}
