import { describe, expect, it } from "vitest";
import {
  type GroupText,
  groupNames,
  leftOfGroups,
  shorten,
} from "../../../src/widgets/box-plot/plot/layout/group-names.ts";

const measure = (text: string): number => 6 * [...text].length;
const named = (...names: string[]): GroupText[] => names.map((name) => ({ name, count: "300" }));

describe("names under the boxes", () => {
  it("stand side by side, each above its count, where they fit", () => {
    const names = groupNames(named("a", "b", "sel"), { slot: 40, left: 30 }, measure);
    expect(names).toMatchObject({ angle: 0, shown: ["a", "b", "sel"], every: 1 });
    expect(names.lines[0]).toEqual(names.lines[1]);
    expect(names.lines[0].count).toBe(names.lines[0].name + 1);
  });

  it("take two lines by turns where they do not, whole", () => {
    const names = groupNames(named("benign", "squamous", "normal", "sel"), { slot: 40, left: 30 }, measure);
    expect(names).toMatchObject({ angle: 0, shown: ["benign", "squamous", "normal", "sel"] });
    expect(names.lines[0].name).not.toBe(names.lines[1].name);
    expect(names.height).toBeGreaterThan(groupNames(named("a", "b"), { slot: 40, left: 30 }, measure).height);
  });

  it("take their counts along where those do not fit side by side either", () => {
    const wide = ["benign", "normal", "stroma", "sel"].map((name) => ({ name, count: "12,400" }));
    const { lines } = groupNames(wide, { slot: 30, left: 30 }, measure);
    expect(lines).toEqual([
      { name: 2, count: 3 },
      { name: 0, count: 1 },
    ]);
  });

  it("end where the panel ends: the last one moves aside by what it would reach beyond", () => {
    // "stroma" is 36 wide: 18 to either side of the middle of its place, which ends after 17.
    expect(groupNames(named("benign", "stroma"), { slot: 34, left: 30 }, measure).lastAside).toBe(1);
    expect(groupNames(named("benign", "stroma"), { slot: 40, left: 30 }, measure).lastAside).toBe(0);
  });

  it("are cut on those two lines where they are longer than two places", () => {
    const names = groupNames(
      named("adenocarcinoma in situ", "benign", "squamous cells", "sel"),
      { slot: 40, left: 30 },
      measure,
    );
    expect(names).toMatchObject({ angle: 0, shown: ["adenocarcin…", "benign", "squamous ce…", "sel"] });
  });

  it("are turned, and cut no more than they must be, where even turns have no room", () => {
    const names = groupNames(named("adenocarcinoma in situ", "squamous cells", "sel"), { slot: 24, left: 30 }, measure);
    expect(names.angle).toBe(45);
    expect(names.shown[2]).toBe("sel");
    expect(names.shown[0]).toMatch(/^a.*…$/);
  });

  it("never reach out of the panel at its left", () => {
    const left = 20;
    const slot = 22;
    const names = groupNames(named("adenocarcinoma", "squamous cells", "sel"), { slot, left }, measure);
    const reach = measure(`${names.shown[0]} 300`) * Math.SQRT1_2;
    expect(reach).toBeLessThanOrEqual(left + slot / 2);
  });

  it("have the room that the first of them need when they are turned, and no more", () => {
    const texts = named("astrocytoma", ...Array.from({ length: 9 }, () => "carcinoma in situ"), "sel");
    const [width, left] = [300, 26];
    const further = leftOfGroups(texts, { width, left }, measure);
    expect(further).toBeGreaterThan(left);
    expect(further).toBeLessThanOrEqual(width / 4);
    const names = groupNames(texts, { slot: (width - further) / texts.length, left: further }, measure);
    expect(names).toMatchObject({ angle: 45 });
    expect(names.shown[0]).toBe("astrocytoma");
    expect(leftOfGroups(named("a", "b"), { width, left }, measure)).toBe(left);
  });

  it("stand upright beside each other in the narrowest places, some left out where there is no room", () => {
    const many = named(...Array.from({ length: 40 }, (_, group) => `class ${group}`));
    expect(groupNames(many, { slot: 13, left: 30 }, measure)).toMatchObject({ angle: 90, every: 1 });
    expect(groupNames(many, { slot: 5, left: 30 }, measure)).toMatchObject({ angle: 90, every: 3 });
  });

  it("keep a letter when they are cut", () => {
    expect(shorten("squamous", 20, measure)).toBe("sq…");
    expect(shorten("squamous", 1, measure)).toBe("s…");
    expect(shorten("😀😀😀😀", 12, measure)).toBe("😀…");
  });
});
