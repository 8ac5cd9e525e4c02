import { describe, expect, it } from "vitest";
import { maskOf, rowsOf } from "../../../src/compute/selection/row-mask.ts";
import { acceptLinkHow, type LinkHow } from "../../../src/widgets/link/link-how.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";

const ROWS = 10;
const mask = (...rows: number[]) => maskOf(rows, ROWS);
const shown = (widget: LinkedRows) => widget.selected && [...rowsOf(widget.selected)];

function linked(how: LinkHow): [LinkedRows, LinkedRows, LinkedRows] {
  const [a, b, c] = [new LinkedRows("a", ROWS), new LinkedRows("b", ROWS), new LinkedRows("c", ROWS)];
  linkRows([a, b, c], undefined, how);
  return [a, b, c];
}

describe("how linked widgets show what each has selected", () => {
  // Of rows 1 (own alone), 2 (both), 3 (theirs alone) and 0 (neither); `theirs` is selected after `own`.
  it.each<[LinkHow, number[], number[], number[]]>([
    ["single", [2, 3], [2, 3], [2, 3]],
    ["intersect", [2], [2], [2]],
    ["union", [1, 2, 3], [1, 2, 3], [1, 2, 3]],
    ["exclude", [1], [3], [0, 4, 5, 6, 7, 8, 9]],
  ])("%s, where two of three have selected something", (how, own, theirs, nothing) => {
    const [a, b, c] = linked(how);
    a.select(mask(1, 2));
    b.select(mask(2, 3));
    expect([a, b, c].map(shown)).toEqual([own, theirs, nothing]);
  });

  it.each<[LinkHow, number[], number[]]>([
    ["single", [1, 2], [1, 2]],
    ["intersect", [1, 2], [1, 2]],
    ["union", [1, 2], [1, 2]],
    ["exclude", [1, 2], [0, 3, 4, 5, 6, 7, 8, 9]],
  ])("%s, where one has selected something", (how, own, others) => {
    const [a, b] = linked(how);
    a.select(mask(1, 2));
    expect([a, b].map(shown)).toEqual([own, others]);
  });

  it.each<[LinkHow, number[]]>([
    ["intersect", []],
    ["union", [1, 2, 3, 4]],
    ["exclude", [1]],
  ])("%s takes in any number of widgets", (how, expected) => {
    const [a, b, c] = linked(how);
    a.select(mask(1, 2, 3));
    b.select(mask(2, 4));
    c.select(mask(3));
    expect(shown(a)).toEqual(expected);
  });

  it("rows that are in no common selection are none, not all", () => {
    const [a, b] = linked("intersect");
    a.select(mask(1));
    b.select(mask(2));
    expect(shown(a)).toEqual([]);
  });

  it.each<LinkHow>(["single", "intersect", "union", "exclude"])("%s selects nothing where nobody has", (how) => {
    const [a, b] = linked(how);
    a.select(mask(1));
    a.select(null);
    expect([shown(a), shown(b)]).toEqual([null, null]);
  });

  it("is one of four", () => {
    expect(acceptLinkHow("union")).toBe("union");
    expect(() => acceptLinkHow("xor")).toThrow(
      'unknown how: "xor" (expected single, intersect, union or exclude). Use one of them.',
    );
  });
});

describe("a widget that is linked", () => {
  it("changes and clears its own selection alone", () => {
    const [a, b] = linked("union");
    a.select(mask(1));
    b.select(mask(2));
    expect(a.own).toEqual(mask(1));
    a.select(null);
    expect([a.own, shown(a), shown(b)]).toEqual([null, [2], [2]]);
  });

  it("clears for all what all share, whoever made it", () => {
    const [a, b] = linked("single");
    a.select(mask(1));
    b.select(mask(2));
    b.select(null);
    expect([shown(a), shown(b)]).toEqual([null, null]);
  });

  it("hears of a change elsewhere although the rows on show stay the same", () => {
    const [a, b] = linked("intersect");
    a.select(mask(1, 2));
    b.select(mask(1));
    let times = 0;
    b.listen("selection", () => times++, new AbortController().signal);
    a.select(mask(1, 3));
    expect([times, shown(b)]).toEqual([1, [1]]);
  });

  it("takes its selection with it when it leaves, and brings it to the next", () => {
    const [a, b] = linked("intersect");
    a.select(mask(1, 2));
    b.select(mask(2, 3));
    let times = 0;
    b.listen("selection", () => times++, new AbortController().signal);
    const other = new LinkedRows("d", ROWS);
    linkRows([other, a], undefined, "union");
    expect([shown(b), times, shown(other)]).toEqual([[2, 3], 1, [1, 2]]);
  });

  it("leaves what all share behind", () => {
    const [a, b] = linked("single");
    a.select(mask(1));
    a.leave();
    expect(shown(b)).toEqual([1]);
  });

  it("can be followed by widgets whose ids are the same", () => {
    const [a, b] = [new LinkedRows("umap-scatter-1", ROWS), new LinkedRows("umap-scatter-1", ROWS)];
    linkRows([a, b], undefined, "intersect");
    a.select(mask(1, 2));
    b.select(mask(2));
    expect([a.own, shown(a)]).toEqual([mask(1, 2), [2]]);
  });

  it("counts those who follow it", () => {
    const [a, b, c] = linked("single");
    const heard: string[] = [];
    a.listen("link", (source) => heard.push(source), new AbortController().signal);
    b.leave();
    expect(a.isShared).toBe(true);
    c.leave();
    expect([a.isShared, heard]).toEqual([false, ["b", "c"]]);
  });
});

describe("undo among linked widgets", () => {
  it("takes back the latest change, whoever made it, and takes it up again", () => {
    const [a, b] = linked("union");
    a.select(mask(1));
    b.select(mask(2));
    a.select(mask(3));
    b.undo();
    expect([a.own, b.own]).toEqual([mask(1), mask(2)]);
    b.undo();
    expect([a.own, b.own]).toEqual([mask(1), null]);
    a.redo();
    a.redo();
    expect([a.own, b.own, a.canUndo]).toEqual([mask(3), mask(2), true]);
  });

  it("has nothing to take up again after another change", () => {
    const [a, b] = linked("union");
    a.select(mask(1));
    a.undo();
    b.select(mask(2));
    a.redo();
    expect([shown(a), shown(b)]).toEqual([[2], [2]]);
  });

  it("goes on after a change of the rule, and never takes the rule back", () => {
    const [a, b] = linked("intersect");
    a.select(mask(1, 2));
    b.select(mask(2, 3));
    b.combineBy("union");
    expect(shown(a)).toEqual([1, 2, 3]);
    a.undo();
    expect([shown(a), a.how]).toEqual([[1, 2], "union"]);
  });

  it("brings back nothing of a widget that has left", () => {
    const [a, b] = linked("union");
    a.select(mask(1));
    b.select(mask(2));
    a.select(mask(3));
    a.leave();
    b.undo();
    expect([shown(b), b.canUndo]).toEqual([null, false]);
  });

  it("keeps what a widget brought that came later", () => {
    const [a, b] = linked("union");
    a.select(mask(1));
    const late = new LinkedRows("late", ROWS);
    late.select(mask(5));
    late.join(b.group);
    a.undo();
    expect(shown(a)).toEqual([5]);
  });
});

describe("a change of the rule", () => {
  it("is heard by all, with the rows that are shown then", () => {
    const [a, b] = linked("intersect");
    a.select(mask(1, 2));
    b.select(mask(2, 3));
    const heard: string[] = [];
    for (const event of ["link", "selection"] as const)
      b.listen(event, () => heard.push(`${event} ${b.how} ${shown(b)}`), new AbortController().signal);
    a.combineBy("exclude");
    expect(heard).toEqual(["link exclude 3", "selection exclude 3"]);
  });

  it("to one selection for all shows the latest, and back what each had", () => {
    const [a, b] = linked("union");
    a.select(mask(1));
    b.select(mask(2));
    a.combineBy("single");
    expect([shown(a), a.own]).toEqual([[2], mask(2)]);
    a.combineBy("union");
    expect([shown(a), a.own]).toEqual([[1, 2], mask(1)]);
  });

  it("gives what a widget left behind to the one that changes it", () => {
    const [a, b, c] = linked("single");
    a.select(mask(1));
    a.leave();
    b.combineBy("exclude");
    expect([b.own, shown(b), shown(c)]).toEqual([mask(1), [1], [0, 2, 3, 4, 5, 6, 7, 8, 9]]);
  });

  it("is not made by a widget that joins a group with a rule", () => {
    const [a] = linked("union");
    const late = new LinkedRows("late", ROWS);
    late.join(a.group, "exclude");
    expect(a.how).toBe("union");
  });

  it("comes with linking widgets of a group that is there", () => {
    const [a, b] = linked("single");
    a.select(mask(1, 2));
    const late = new LinkedRows("late", ROWS);
    late.select(mask(2, 3));
    linkRows([a, late], a.group, "intersect");
    expect([a, b, late].map(shown)).toEqual([[2], [2], [2]]);
  });
});
