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
