/**
 * The page was given by the reader's own machine, or as if: at the end of a tunnel it is not, and then what is asked of it in
 * that belief takes a second longer.
 */
export function isOwnMachine(): boolean {
  const host = globalThis.location?.hostname ?? "";
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
