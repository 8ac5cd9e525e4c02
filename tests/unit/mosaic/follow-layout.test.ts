import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { Layout } from "../../../src/widgets/map/layout.ts";
import { sharedLayout } from "../../../src/widgets/map/shared-layout.ts";
import { followLayout } from "../../../src/widgets/mosaic/data/follow-layout.ts";

const layout: Layout = {
  positions: new Float32Array(4),
  dims: 2,
  settling: false,
  preview: false,
  origin: { kind: "coords" },
};

let life = new AbortController();
beforeEach(() => {
  life = new AbortController();
  vi.useFakeTimers();
});
afterEach(() => {
  life.abort();
  vi.useRealTimers();
});

function follow(name: string) {
  const heard: Layout[] = [];
  const missing = vi.fn();
  const failures: (string | null)[] = [];
  const onFailure = (failure: ComputeError | null) => failures.push(failure?.reason ?? null);
  const shared = followLayout(
    name,
    { onLayout: (next) => heard.push(next), onFailure, onMissing: missing },
    life.signal,
  );
  return { heard, failures, missing, shared };
}

it("a map that is there already is heard at once, every later one as it comes", () => {
  const name = "there";
  const shared = sharedLayout(name);
  shared.publish(layout);
  const { heard } = follow(name);
  expect(heard).toEqual([layout]);
  shared.publish({ ...layout, settling: true });
  expect(heard).toHaveLength(2);
});

it("a map that nobody draws is missing after two seconds, and heard when somebody does", () => {
  const { heard, missing, shared } = follow("nowhere");
  vi.advanceTimersByTime(1999);
  expect(missing).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(missing).toHaveBeenCalledOnce();
  shared.publish(layout);
  expect(heard).toEqual([layout]);
});

it("a map that somebody is about to draw is waited for", () => {
  const shared = sharedLayout("offered");
  shared.offer(life.signal);
  const { missing } = follow("offered");
  vi.advanceTimersByTime(60_000);
  expect(missing).not.toHaveBeenCalled();
});

it("what ended on its way stays as it is", () => {
  const publisher = new AbortController();
  const shared = sharedLayout("ended");
  shared.offer(publisher.signal);
  shared.publish({ ...layout, settling: true });
  const { heard } = follow("ended");
  publisher.abort();
  expect(heard.map(({ settling }) => settling)).toEqual([true, false]);
});

it("nothing is heard after the follower has ended", () => {
  const { heard, missing, shared } = follow("left");
  life.abort();
  shared.publish(layout);
  vi.advanceTimersByTime(5000);
  expect(heard).toEqual([]);
  expect(missing).not.toHaveBeenCalled();
});

const failure = new ComputeError("memory", "Too many rows.");

it("what keeps a first map from coming is heard, then or later, and so is a map that comes all the same", () => {
  const shared = sharedLayout("failing");
  shared.offer(life.signal);
  const before = follow("failing");
  shared.fail(failure);
  expect(before.failures).toEqual(["Too many rows."]);
  expect(follow("failing").failures).toEqual(["Too many rows."]);
  shared.fail(null);
  expect(before.failures).toEqual(["Too many rows.", null]);
  expect(follow("failing").failures).toEqual([]);
  shared.publish(layout);
  expect(before.heard).toEqual([layout]);
});

it("a map that is there stays what it is when another one fails", () => {
  const shared = sharedLayout("kept");
  shared.offer(life.signal);
  shared.publish(layout);
  const { heard, failures } = follow("kept");
  shared.fail(failure);
  expect([heard.length, failures]).toEqual([1, []]);
});

it("a map is missing two seconds after its publisher has left without one, unless another has come by then", () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const shared = sharedLayout("deserted");
  shared.offer(first.signal);
  const { missing } = follow("deserted");
  first.abort();
  shared.offer(second.signal);
  vi.advanceTimersByTime(5000);
  expect(missing).not.toHaveBeenCalled();
  second.abort();
  vi.advanceTimersByTime(1999);
  expect(missing).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(missing).toHaveBeenCalledOnce();
});
