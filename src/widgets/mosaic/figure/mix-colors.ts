import { parseColor } from "../../theme/rgb.ts";

/** What a colour looks like on another one at an opacity: `#rrggbb` all three of them. */
export function mixColors(onto: string, color: string, opacity: number): string {
  const ground = parseColor(onto).rgb;
  const parts = parseColor(color).rgb.map((part, place) => {
    const mixed = Math.round(part * opacity + (ground[place] ?? 0) * (1 - opacity));
    return mixed.toString(16).padStart(2, "0");
  });
  return `#${parts.join("")}`;
}
