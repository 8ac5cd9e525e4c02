import { SelectionGroup } from "./selection-group.ts";

const KEY = Symbol.for("layerscope.selection-groups");

/**
 * The group of that name on this page. Names live on the page, not in this module: two widgets may come from two
 * copies of the code (two versions, two cells) and still follow each other. Groups that nobody holds are collected.
 */
export function pageGroup(name: string): SelectionGroup {
  const page = globalThis as { [KEY]?: Map<string, WeakRef<SelectionGroup>> };
  page[KEY] ??= new Map();
  const groups = page[KEY];
  for (const [known, group] of groups) if (!group.deref()) groups.delete(known);
  const found = groups.get(name)?.deref();
  if (found) return found;
  const made = new SelectionGroup();
  groups.set(name, new WeakRef(made));
  return made;
}
