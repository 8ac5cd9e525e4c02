interface Name {
  readonly name: string;
  /** Split at its numbers, which stand at every second place. */
  readonly parts: readonly string[];
}

/**
 * Names as people count: "class 2" comes before "class 10". Runs of digits are compared by their number, all else by code
 * unit; Python orders them alike (`_natural_order.py`).
 */
export function naturalOrder(names: Iterable<string>): readonly string[] {
  const split = Array.from(names, (name): Name => ({ name, parts: name.split(/([0-9]+)/) }));
  return split.sort(compareNames).map(({ name }) => name);
}

function compareNames(a: Name, b: Name): number {
  for (let part = 0; part < Math.min(a.parts.length, b.parts.length); part++) {
    const [left = "", right = ""] = [a.parts[part], b.parts[part]];
    const order = part % 2 === 1 ? compareDigits(left, right) : compareTexts(left, right);
    if (order !== 0) return order;
  }
  // "1" and "01" are the same number.
  return a.parts.length - b.parts.length || compareTexts(a.name, b.name);
}

/** By the number that they write, however long it is. */
function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return left.length - right.length || compareTexts(left, right);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
