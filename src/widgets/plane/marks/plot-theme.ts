import { shapeOf } from "../../theme/class-shapes.ts";
import { luminance, parseColor, type Rgb } from "../../theme/rgb.ts";
import { tokens as ownTokens, readTokens, type Scheme, type Tokens } from "../../theme/tokens.ts";
import type { PlotColors } from "./plot-colors.ts";
import { PALETTE_COLORS, paletteOf, type ShapeMarks } from "./scene.ts";

/** Where black and white text are equally readable. */
const MIDDLE_LUMINANCE = 0.18;

export const FORCED_COLORS = "(forced-colors: active)";

/** The page's colours as drawing needs them. */
export interface PlotTheme {
  readonly tokens: Tokens;
  readonly scheme: Scheme;
  readonly notSelected: Rgb;
  readonly missing: Rgb;
  /** The system allows its own colours only. */
  readonly isForced: boolean;
}

/** Ours in light, until that of the page is known. */
export const ownTheme: PlotTheme = {
  tokens: ownTokens.light,
  scheme: "light",
  notSelected: parseColor(ownTokens.light.notSelected).rgb,
  missing: parseColor(ownTokens.light.textSecond).rgb,
  isForced: false,
};

export function readPlotTheme(body: HTMLElement): PlotTheme {
  const tokens = readTokens(body);
  const scheme = luminance(rgbOf(tokens.page, ownTokens.light.page)) < MIDDLE_LUMINANCE ? "dark" : "light";
  const own = ownTokens[scheme];
  return {
    tokens,
    scheme,
    notSelected: rgbOf(tokens.notSelected, own.notSelected),
    missing: rgbOf(tokens.textSecond, own.textSecond),
    isForced: body.ownerDocument.defaultView?.matchMedia(FORCED_COLORS).matches ?? false,
  };
}

export const MISSING_CODE = PALETTE_COLORS - 1;

/**
 * The colours of a scene. Codes keep theirs, with the ring's colour last. Densities get them evenly spaced, the dense
 * end where the contrast with the page is greatest.
 */
export function scenePalette(
  { palette, codes }: PlotColors,
  { scheme, missing }: Pick<PlotTheme, "scheme" | "missing">,
): Uint8Array<ArrayBuffer> {
  const colors = palette.map((color) => rgbOf(color, ownTokens[scheme].textSecond));
  if (codes) return paletteOf([...colors.slice(0, MISSING_CODE), ...unused(colors.length), missing]);
  const first = colors[0] ?? missing;
  const last = colors[colors.length - 1] ?? first;
  const isLastDense = luminance(last) > luminance(first) === (scheme === "dark");
  const ordered = isLastDense ? colors : [...colors].reverse();
  return paletteOf(
    Array.from({ length: PALETTE_COLORS }, (_, step) => {
      const place = Math.round((step / (PALETTE_COLORS - 1)) * (ordered.length - 1));
      return ordered[place] ?? missing;
    }),
  );
}

/** Shapes for classes where colours are forced; null where marks keep their colours, as those of a scale always do. */
export function sceneMarks({ palette, codes }: PlotColors, { tokens, isForced }: PlotTheme): ShapeMarks | null {
  if (!isForced || !codes) return null;
  const shapes = palette.map(shapeOf).filter((shape) => shape !== null);
  if (shapes.length < palette.length) return null;
  return { shapes, ink: tokens.text, grey: tokens.notSelected, page: tokens.page };
}

function unused(used: number): readonly Rgb[] {
  return Array.from({ length: Math.max(0, MISSING_CODE - used) }, () => [0, 0, 0] as const);
}

/** A host may colour its page in a form that is not read here (`color(display-p3 ...)`): ours is near enough. */
function rgbOf(color: string, instead: string): Rgb {
  try {
    return parseColor(color).rgb;
  } catch {
    return parseColor(instead).rgb;
  }
}
