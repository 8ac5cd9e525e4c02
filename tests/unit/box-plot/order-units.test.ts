import { describe, expect, it } from "vitest";
import { bestFirst, findUnits, firstOrder, orderUnits } from "../../../src/widgets/box-plot/data/order-units.ts";
import { unitTableOf } from "./unit-table-fixture.ts";

const table = unitTableOf();
const inOrder = (order: Parameters<typeof orderUnits>[1]) => [...orderUnits(table, order)];

describe("the order of units", () => {
  it("is that of the ranking by q, and its reverse with those without a statistic still last", () => {
    expect(inOrder(bestFirst)).toEqual([2, 0, 1, 3]);
    expect(inOrder({ column: "q", isDescending: true })).toEqual([1, 0, 2, 3]);
  });

  it("begins with large effects and with small numbers", () => {
    expect(inOrder(firstOrder("effect"))).toEqual([1, 2, 0, 3]);
    expect(inOrder({ column: "effect", isDescending: false })).toEqual([0, 2, 1, 3]);
    expect(inOrder(firstOrder("unit"))).toEqual([0, 1, 2, 3]);
    expect(inOrder({ column: "unit", isDescending: true })).toEqual([3, 2, 1, 0]);
  });

  it("leaves the ranking as it was", () => {
    inOrder({ column: "unit", isDescending: true });
    expect([...table.ranking]).toEqual([2, 0, 1, 3]);
  });
});

describe("finding units", () => {
  const units = Int32Array.of(30, 13, 3, 300, 7);
  const find = (query: string, names: readonly string[] | null = null) => [...findUnits(units, query, names)];

  it("has the unit of just that number first, then those that begin with it, in their order", () => {
    expect(find("3")).toEqual([3, 30, 300]);
    expect(find(" unit 30 ")).toEqual([30, 300]);
    expect(find("4")).toEqual([]);
  });

  it("knows the number of a unit as it is written elsewhere: 1,234", () => {
    expect([...findUnits(Int32Array.of(123, 1234, 12), "unit 1,234", null)]).toEqual([1234]);
  });

  it("has all of them while the word before a number is typed", () => {
    expect(find("unit")).toEqual([30, 13, 3, 300, 7]);
    expect(find("unit3")).toEqual([3, 30, 300]);
  });

  it("gives all of them while nothing is typed", () => {
    expect(find("  ")).toEqual([30, 13, 3, 300, 7]);
  });

  it("finds a part of a name in any case, and never by the bare word unit", () => {
    const names = Array.from({ length: 301 }, (_, unit) => (unit === 13 ? "Ki-67" : `unit ${unit}`));
    expect(find("ki-", names)).toEqual([13]);
    expect(find("67", names)).toEqual([13]);
  });
});
