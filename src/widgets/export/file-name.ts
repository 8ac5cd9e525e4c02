/** The name of a saved file: `umap-scatter-2026-08-21.pdf`, by the reader's own calendar. */
export function fileName(widget: string, extension: string, day = new Date()): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${widget}-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.${extension}`;
}
