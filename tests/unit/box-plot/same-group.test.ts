import { describe, expect, it } from "vitest";
import type { UnitGroup } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { sameGroup } from "../../../src/widgets/box-plot/plot/same-group.ts";
import { boxFixture } from "../../support/box-fixture.ts";

const [panel] = boxFixture({ units: [3], groups: 1, rows: 80, slides: 3, farOut: 4 });
const [group] = panel?.groups ?? [];
if (!group?.swarm || !group.density) throw new Error("the fixture draws neither points nor violins");
const { box, swarm, density } = group;

function shifted<Numbers extends Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  numbers: Numbers,
): Numbers {
  const changed = structuredClone(numbers);
  changed[0] = (changed[0] ?? 0) + 1;
  return changed;
}

describe("two groups that would be drawn", () => {
  it("are the same when a worker answered the same anew", () => {
    expect(sameGroup(group, structuredClone(group))).toBe(true);
    expect(sameGroup(null, null)).toBe(true);
  });

  it("are the same when both have no values", () => {
    const empty: UnitGroup = { ...group, box: { ...box, n: 0, median: Number.NaN, q1: Number.NaN } };
    expect(sameGroup(empty, structuredClone(empty))).toBe(true);
  });

  it("differ where one comes or goes", () => {
    expect(sameGroup(null, group)).toBe(false);
    expect(sameGroup(group, null)).toBe(false);
    expect(sameGroup(group, { ...group, swarm: null })).toBe(false);
    expect(sameGroup(group, { ...group, density: null })).toBe(false);
  });

  it("differ by any one of their numbers", () => {
    const numbers = Object.entries(box).filter(([, value]) => typeof value === "number");
    expect(numbers).toHaveLength(10);
    for (const [name, value] of numbers)
      expect(sameGroup(group, { ...group, box: { ...box, [name]: Number(value) + 1 } }), name).toBe(false);
    const changed: Readonly<Record<string, UnitGroup>> = {
      outliers: { ...group, box: { ...box, outliers: shifted(box.outliers) } },
      outlierRows: { ...group, box: { ...box, outlierRows: shifted(box.outlierRows) } },
      slideMeans: { ...group, slideMeans: shifted(group.slideMeans) },
      heights: { ...group, density: { ...density, heights: shifted(density.heights) } },
      from: { ...group, density: { ...density, from: density.from - 1 } },
      to: { ...group, density: { ...density, to: density.to + 1 } },
      values: { ...group, swarm: { ...swarm, values: shifted(swarm.values) } },
      rows: { ...group, swarm: { ...swarm, rows: shifted(swarm.rows) } },
      offsets: { ...group, swarm: { ...swarm, offsets: shifted(swarm.offsets) } },
      perValue: { ...group, swarm: { ...swarm, perValue: 2 * swarm.perValue } },
    };
    for (const [name, other] of Object.entries(changed)) expect(sameGroup(group, other), name).toBe(false);
  });
});
