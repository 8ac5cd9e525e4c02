import { describe, expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import type { LinkedUnit } from "../../../src/widgets/link/linked-unit.ts";
import { SelectionGroup } from "../../../src/widgets/link/selection-group.ts";

const forever = new AbortController().signal;

function unit(index: number): LinkedUnit {
  return { index, name: `unit ${index}`, values: Float32Array.of(1, 2, 3) };
}

function linked(): readonly [LinkedRows, LinkedRows] {
  const [boxes, map] = [new LinkedRows("boxes", 3), new LinkedRows("map", 3)];
  linkRows([boxes, map]);
  return [boxes, map];
}

describe("the unit on show", () => {
  it("is the same in all that are linked, and each hears once of another", () => {
    const [boxes, map] = linked();
    const heard: string[] = [];
    map.listen("unit", (source) => heard.push(source), forever);
    const third = unit(3);
    boxes.showUnit(third);
    boxes.showUnit(third);
    expect(map.unit).toBe(third);
    map.showUnit(null);
    expect(boxes.unit).toBeNull();
    expect(heard).toEqual(["boxes", "map"]);
  });

  it("leaves the selection and what can be undone alone", () => {
    const [boxes, map] = linked();
    map.select(maskOf([1], 3));
    boxes.showUnit(unit(3));
    map.undo();
    expect([map.selected, map.canUndo, map.unit?.index]).toEqual([null, false, 3]);
  });

  it("comes along with whoever shows it, unless one is shown already where it comes", () => {
    const boxes = new LinkedRows("boxes", 3);
    boxes.showUnit(unit(3));
    const map = new LinkedRows("map", 3);
    const group = linkRows([map, boxes]);
    expect(map.unit?.index).toBe(3);
    const others = new LinkedRows("others", 3);
    others.showUnit(unit(5));
    linkRows([others], group);
    expect([map.unit?.index, others.unit?.index]).toEqual([3, 3]);
  });

  it("goes with whoever shows it, and stays when another leaves", () => {
    const [boxes, map] = linked();
    const third = new LinkedRows("third", 3);
    linkRows([third], boxes.group);
    boxes.showUnit(unit(3));
    const heard: (number | undefined)[] = [];
    map.listen("unit", () => heard.push(map.unit?.index), forever);
    third.leave();
    expect(map.unit?.index).toBe(3);
    boxes.leave();
    expect([map.unit, heard]).toEqual([null, [undefined]]);
  });

  it("is told of where a widget joins others that show one", () => {
    const [boxes] = linked();
    boxes.showUnit(unit(3));
    const late = new LinkedRows("late", 3);
    const heard: (number | undefined)[] = [];
    late.listen("unit", () => heard.push(late.unit?.index), forever);
    late.join(boxes.group);
    expect(heard.at(-1)).toBe(3);
    late.join(new SelectionGroup());
    expect([late.unit, boxes.unit?.index]).toEqual([null, 3]);
  });
});
