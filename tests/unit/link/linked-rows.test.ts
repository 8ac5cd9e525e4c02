import { describe, expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import { pageGroup } from "../../../src/widgets/link/page-groups.ts";

const forever = new AbortController().signal;

describe("linked widgets", () => {
  it("follow each other's selection, hover and current row", () => {
    const a = new LinkedRows("a", 10);
    const b = new LinkedRows("b", 10);
    linkRows([a, b]);
    const heard: string[] = [];
    for (const event of ["selection", "hover", "current"] as const)
      b.listen(event, (source) => heard.push(`${event} by ${source}`), forever);
    a.select(maskOf([1, 2], 10));
    a.hover(3);
    a.look(4);
    expect(heard).toEqual(["selection by a", "hover by a", "current by a"]);
    expect([b.selected, b.hovered, b.current]).toEqual([maskOf([1, 2], 10), 3, 4]);
  });

  it("keep a selection that one of them had before", () => {
    const a = new LinkedRows("a", 10);
    const b = new LinkedRows("b", 10);
    b.select(maskOf([7], 10));
    linkRows([a, b]);
    expect(a.selected).toEqual(maskOf([7], 10));
  });

  it("are refused when their rows differ in number", () => {
    expect(() => linkRows([new LinkedRows("a", 10), new LinkedRows("b", 11)])).toThrow("10 rows and 11 rows");
  });

  it("do not follow one that has come to have other rows, until it has as many again", () => {
    const a = new LinkedRows("a", 100);
    const b = new LinkedRows("b", 100);
    linkRows([a, b]);
    expect(a.otherCount).toBeNull();
    const heard: string[] = [];
    a.listen("link", (source) => heard.push(source), forever);
    b.count = 50;
    expect(new Set(heard)).toEqual(new Set(["b"]));
    expect([a.otherCount, b.otherCount]).toEqual([50, 100]);
    a.select(maskOf([1, 80], 100));
    a.hover(80);
    a.look(49);
    a.showUnit({ index: 2, name: "unit 2", values: new Float32Array(100) });
    expect([b.selected, b.own, b.hovered, b.current, b.unit]).toEqual([null, null, -1, 49, null]);
    expect([a.selected, a.hovered, a.unit?.index]).toEqual([maskOf([1, 80], 100), 80, 2]);
    b.count = 100;
    expect([b.selected, b.hovered, b.unit?.index, b.otherCount]).toEqual([maskOf([1, 80], 100), 80, 2, null]);
  });

  it("are not taken for linked where one alone comes to have other rows", () => {
    const a = new LinkedRows("a", 100);
    const heard: boolean[] = [];
    a.listen("link", () => heard.push(a.isShared), forever);
    a.count = 120;
    expect(heard).not.toContain(true);
    expect(a.isShared).toBe(false);
  });

  it("keep what one has selected that has other rows by now", () => {
    const a = new LinkedRows("a", 100);
    const b = new LinkedRows("b", 100);
    linkRows([a, b]);
    b.select(maskOf([7], 100));
    b.count = 120;
    expect([a.selected, b.selected]).toEqual([maskOf([7], 100), null]);
    linkRows([b]);
    expect(a.isShared).toBe(false);
    expect(a.selected).toEqual(maskOf([7], 100));
  });

  it("show no unit of rows that are there no more", () => {
    const a = new LinkedRows("a", 100);
    const b = new LinkedRows("b", 100);
    linkRows([a, b]);
    b.showUnit({ index: 2, name: "unit 2", values: new Float32Array(100) });
    expect(a.unit?.index).toBe(2);
    b.count = 120;
    expect(a.unit).toBeNull();
  });

  it("do not follow one whose rows are a few more, though as many bytes hold them", () => {
    const a = new LinkedRows("a", 98);
    const b = new LinkedRows("b", 0);
    linkRows([a, b]);
    b.count = 99;
    a.select(maskOf([1], 98));
    expect(b.selected).toBeNull();
  });

  it.each(["intersect", "union", "exclude"] as const)("leave the selection of one of other rows out: %s", (how) => {
    const [a, b, c] = ["a", "b", "c"].map((id) => new LinkedRows(id, 100));
    if (!a || !b || !c) throw new Error("three rows");
    linkRows([a, b, c], undefined, how);
    c.count = 50;
    c.select(maskOf([0, 2], 50));
    a.select(maskOf([1, 2], 100));
    b.select(maskOf([2, 3], 100));
    const expected = { intersect: [2], union: [1, 2, 3], exclude: [1] };
    expect(a.selected).toEqual(maskOf(expected[how], 100));
    expect(c.selected).toEqual(maskOf([0, 2], 50));
  });

  it("know nothing of others' rows before their own are known", () => {
    const a = new LinkedRows("a", 10);
    const b = new LinkedRows("b");
    linkRows([a, b]);
    a.select(maskOf([1], 10));
    expect([b.selected, b.otherCount]).toEqual([maskOf([1], 10), null]);
  });

  it("are told of a selection once, and not at all when it is the same", () => {
    const a = new LinkedRows("a", 10);
    let times = 0;
    a.listen("selection", () => times++, forever);
    a.select(maskOf([1], 10));
    a.select(maskOf([1], 10));
    expect(times).toBe(1);
  });

  it("undo and redo together", () => {
    const a = new LinkedRows("a", 10);
    const b = new LinkedRows("b", 10);
    linkRows([a, b]);
    a.select(maskOf([1], 10));
    b.select(maskOf([2], 10));
    a.undo();
    expect(b.selected).toEqual(maskOf([1], 10));
    b.redo();
    expect(a.selected).toEqual(maskOf([2], 10));
  });

  it("stop hearing when they have left", () => {
    const a = new LinkedRows("a", 10);
    const b = new LinkedRows("b", 10);
    linkRows([a, b]);
    let times = 0;
    b.listen("selection", () => times++, forever);
    b.leave();
    a.select(maskOf([1], 10));
    expect(times).toBe(0);
  });

  it("find their group by name on the page", () => {
    expect(pageGroup("g")).toBe(pageGroup("g"));
    expect(pageGroup("g")).not.toBe(pageGroup("h"));
  });
});
