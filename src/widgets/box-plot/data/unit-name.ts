/** "unit 3", or what the caller calls it. A number that names has no commas: "unit 1223" can be typed into code. */
export function unitName(unit: number, names: readonly string[] | null): string {
  return names?.[unit] || `unit ${unit}`;
}
