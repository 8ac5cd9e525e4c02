/** "unit 3", or what the caller calls it. */
export function unitName(unit: number, names: readonly string[] | null): string {
  return names?.[unit] || `unit ${unit.toLocaleString("en-US")}`;
}
