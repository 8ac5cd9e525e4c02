import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { Layout } from "../../../src/widgets/map/layout.ts";
import { saveMapPicture } from "../../../src/widgets/map/saved-map.ts";
import { TilePlaces } from "../../../src/widgets/mosaic/data/tile-places.ts";
import type { MosaicSession } from "../../../src/widgets/mosaic/session.ts";

const POSITIONS = Float32Array.of(0, 0, 1, 1);
const given: Layout = { positions: POSITIONS, dims: 2, settling: false, preview: false, origin: { kind: "coords" } };

/** A session of two tiles at coordinates that `read` gives, with a saved picture of them; it notes what it shows. */
function reopened(read: () => Promise<Float32Array>) {
  const shown: string[] = [];
  const session = {
    props: { coords: { key: "coords", shape: [2, 2], bytes: 16, read }, points: null, follows: null },
    host: { signal: new AbortController().signal, again: "" },
    count: 2,
    rows: { count: 2 },
    layout: null as Layout | null,
    work: { begin: () => undefined, say: () => undefined },
    data: { take: () => undefined },
    first: { come: () => undefined },
    showLayout(layout: Layout) {
      this.layout = layout;
      shown.push(layout.origin.kind);
    },
    settle: () => undefined,
    fail: (error: ComputeError) => shown.push(error.message),
  };
  Object.assign(session.props, { saved: saveMapPicture(given, null, "") });
  new TilePlaces(session as unknown as MosaicSession).begin();
  return { shown };
}

describe("tiles at coordinates of which there is a saved picture", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("are laid out once where the coordinates come soon", async () => {
    const { shown } = reopened(async () => POSITIONS);
    await vi.runAllTimersAsync();
    expect(shown).toEqual(["coords"]);
  });

  test("lie where they were saved until the coordinates come, where those take their time", async () => {
    const { shown } = reopened(() => new Promise((resolve) => setTimeout(() => resolve(POSITIONS), 5000)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown).toEqual(["saved"]);
    await vi.runAllTimersAsync();
    expect(shown).toEqual(["saved", "coords"]);
  });

  test("lie where they were saved at once where the coordinates can't be had", async () => {
    const { shown } = reopened(() => Promise.reject(new ComputeError("lost", "Python has stopped.")));
    await vi.advanceTimersByTimeAsync(0);
    expect(shown).toEqual(["saved"]);
    await vi.runAllTimersAsync();
    expect(shown).toEqual(["saved"]);
  });

  test("are refused where a coordinate is none, whatever was saved", async () => {
    const { shown } = reopened(async () => Float32Array.of(0, 0, 1, Number.NaN));
    await vi.runAllTimersAsync();
    expect(shown).toEqual([expect.stringContaining("Row 1, column 1 of coords is NaN.")]);
  });
});
