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
  it("are drawn at once when they are the first, and together when others have just been", () => {
    const { together, drawn } = watched();
    together.add([1, 2], false);
    expect(drawn).toEqual([[1, 2]]);
    for (const row of [3, 4, 5]) {
      vi.advanceTimersByTime(20);
      together.add([row], false);
    }
    expect(drawn).toEqual([[1, 2]]);
    expect(together.isEmpty).toBe(false);
    vi.advanceTimersByTime(50);
    expect(drawn).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
    expect(together.isEmpty).toBe(true);
  });

  it("are drawn at once when nothing more is on its way", () => {
    const { together, drawn } = watched();
    together.add([1], false);
    together.add([2], false);
    together.add([3], true);
    expect(drawn).toEqual([[1], [2, 3]]);
    vi.advanceTimersByTime(1000);
    expect(drawn).toHaveLength(2);
  });

  it("are drawn at once on a slow line", () => {
    const { together, drawn } = watched();
    together.add([1], false);
    vi.advanceTimersByTime(250);
    together.add([2], false);
    expect(drawn).toEqual([[1], [2]]);
  });

  it("are not drawn once forgotten", () => {
    const { together, drawn } = watched();
    together.add([1], false);
    together.add([2], false);
    together.forget();
    vi.advanceTimersByTime(1000);
    expect(drawn).toEqual([[1]]);
  });
});
