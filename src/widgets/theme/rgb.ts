/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The parts of `#rrggbb`, `rgb(r, g, b)` or `rgba(r, g, b, a)`; opacity 0 to 1. Throws on anything else. */
export function parseColor(color: string): { readonly rgb: Rgb; readonly opacity: number } {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (hex) {
    const [, red = "", green = "", blue = ""] = hex;
    return { rgb: [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)], opacity: 1 };
  }
  const parts = /^rgba?\(([^)]+)\)$/
    .exec(color)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  const [red, green, blue, opacity = 1] = parts ?? [];
  if (red === undefined || green === undefined || blue === undefined || parts?.some(Number.isNaN))
    throw new RangeError(`unknown colour: "${color}" (expected #rrggbb or rgb(r, g, b))`);
  return { rgb: [red, green, blue], opacity };
}

/** Relative luminance by WCAG 2, 0 (black) to 1 (white). */
export function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number): number => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast by WCAG 2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}
