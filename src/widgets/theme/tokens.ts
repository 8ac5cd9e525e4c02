export type Scheme = "light" | "dark";

/** The colours that are not data; the same names as the custom properties of `tokens.css` (`--ls-page`, ...). */
export interface Tokens {
  readonly page: string;
  readonly surface: string;
  readonly text: string;
  readonly textSecond: string;
  readonly notSelected: string;
  readonly rule: string;
  readonly edge: string;
  readonly accent: string;
  readonly alarm: string;
  readonly warning: string;
}

/** Our own values, for what no host colours: exported figures and tests. */
export const tokens: Readonly<Record<Scheme, Tokens>> = {
  light: {
    page: "#ffffff",
    surface: "#f5f5f5",
    text: "#1b1b1b",
    textSecond: "#5c5c5c",
    notSelected: "#d4d4d4",
    rule: "#d9d9d9",
    edge: "#858585",
    accent: "#1565c0",
    alarm: "#c62828",
    warning: "#8f5600",
  },
  dark: {
    page: "#212121",
    surface: "#2b2b2b",
    text: "#ececec",
    textSecond: "#b3b3b3",
    notSelected: "#474747",
    rule: "#424242",
    edge: "#7d7d7d",
    accent: "#64b5f6",
    alarm: "#ff8a80",
    warning: "#ffb74d",
  },
};

const properties: Readonly<Record<keyof Tokens, string>> = {
  page: "--ls-page",
  surface: "--ls-surface",
  text: "--ls-text",
  textSecond: "--ls-text-second",
  notSelected: "--ls-not-selected",
  rule: "--ls-rule",
  edge: "--ls-edge",
  accent: "--ls-accent",
  alarm: "--ls-alarm",
  warning: "--ls-warning",
};

/**
 * The colours in force inside `root` as `rgb()` or `rgba()` strings, for canvases, which know no variables. Read again
 * when the colour scheme changes. Probe elements are needed: a custom property's own value is its text, with
 * `light-dark()` unresolved. One for each: a probe that is changed and read ten times has the page find its styles anew
 * as often.
 */
export function readTokens(root: Element): Tokens {
  const { ownerDocument: page } = root;
  const probes = page.createElement("span");
  probes.style.display = "none";
  for (const property of Object.values(properties)) {
    const probe = page.createElement("span");
    probe.style.color = `var(${property})`;
    probes.append(probe);
  }
  root.append(probes);
  const found: { -readonly [Name in keyof Tokens]: string } = { ...tokens.light };
  const names = Object.keys(properties) as (keyof Tokens)[];
  for (const [place, name] of names.entries()) {
    const probe = probes.children[place];
    found[name] = (probe && page.defaultView?.getComputedStyle(probe).color) || found[name];
  }
  probes.remove();
  return found;
}
