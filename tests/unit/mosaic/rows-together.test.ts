import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RowsTogether } from "../../../src/widgets/mosaic/plot/drawing/rows-together.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(): { readonly together: RowsTogether; readonly drawn: (readonly number[])[] } {
  const drawn: (readonly number[])[] = [];
  return { together: new RowsTogether((rows) => drawn.push([...rows])), drawn };
}

describe("rows whose pictures come", () => {
  it("are drawn together when they come one soon after the other", () => {
    const { together, drawn } = watched();
    for (const row of [1, 2, 3, 4, 5]) {
      together.add([row], false);
      vi.advanceTimersByTime(19);
    }
    expect(drawn).toEqual([]);
    expect(together.isEmpty).toBe(false);
    vi.advanceTimersByTime(5);
    expect(drawn).toEqual([[1, 2, 3, 4, 5]]);
    expect(together.isEmpty).toBe(true);
  });

  it("are drawn at once when nothing more is on its way", () => {
    const { together, drawn } = watched();
    together.add([1], false);
    together.add([2], false);
    together.add([3], true);
    expect(drawn).toEqual([[1, 2, 3]]);
    vi.advanceTimersByTime(1000);
    expect(drawn).toHaveLength(1);
  });

  it("wait a tenth of a second for more, and no longer, on a slow line", () => {
    const { together, drawn } = watched();
    for (const row of [1, 2]) {
      together.add([row], false);
      vi.advanceTimersByTime(100);
      expect(drawn.at(-1)).toEqual([row]);
      vi.advanceTimersByTime(150);
    }
    expect(drawn).toHaveLength(2);
  });

  it("are not drawn once forgotten", () => {
    const { together, drawn } = watched();
    together.add([1], false);
    together.forget();
    vi.advanceTimersByTime(1000);
    expect(drawn).toEqual([]);
    expect(together.isEmpty).toBe(true);
  });
});
