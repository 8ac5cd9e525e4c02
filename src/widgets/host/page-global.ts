/**
 * The one thing of that name on this page, made when first asked for. It lives on the page and not in a module,
 * because a page may hold two copies of the code (two versions, two cells).
 */
export function pageGlobal<Thing>(name: string, make: () => Thing): Thing {
  const page = globalThis as unknown as Record<symbol, Thing | undefined>;
  const key = Symbol.for(`layerscope.${name}`);
  const found = page[key];
  if (found !== undefined) return found;
  const made = make();
  page[key] = made;
  return made;
}
