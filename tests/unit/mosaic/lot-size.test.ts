import { expect, it } from "vitest";
import { LotSize } from "../../../src/widgets/mosaic/plot/tiles/lot-size.ts";

const FAST = 0.001;

it("sends few pictures together while nobody knows how large they are", () => {
  expect(new LotSize().pictures()).toBe(32);
  expect(new LotSize().secondsFor(1000)).toBe(0);
});

it("sends little together at first, so that a slow line is known soon, where it is known what each takes", () => {
  const lot = new LotSize();
  expect(lot.pictures(12_288)).toBe(32);
  expect(lot.pictures(768)).toBe(512);
  expect(lot.pictures(100_000)).toBe(16);
  expect(lot.pictures(1_000_000)).toBe(4);
});

it("sends as many together as take four megabytes once the line is known to be fast", () => {
  const lot = new LotSize();
  lot.learn(32, 32 * 12_288, FAST);
  expect(lot.pictures(12_288)).toBe(341);
  expect(lot.pictures(768)).toBe(1024);
  lot.learn(1024, 1024 * 768, 7.8643);
  expect(lot.pictures(768)).toBe(33);
});

it("sends as many pictures together as take four megabytes, by what has come", () => {
  const lot = new LotSize();
  lot.learn(32, 32 * 12_288, FAST);
  expect(lot.pictures()).toBe(341);
  lot.learn(32, 32 * 36_864, FAST);
  expect(lot.pictures()).toBe(171);
});

it("sends no more than 1,024 together, however small they are, and at least one, however large", () => {
  const small = new LotSize();
  small.learn(32, 32 * 500, FAST);
  expect(small.pictures()).toBe(1024);
  const large = new LotSize();
  large.learn(1, 40_000_000, FAST);
  expect(large.pictures()).toBe(1);
});

it("sends what comes in a quarter of a second on a slow line, but not one by one", () => {
  const lot = new LotSize();
  lot.learn(32, 320_000, 0.32);
  expect(lot.pictures()).toBe(25);
  lot.learn(25, 250_000, 2.5);
  expect(lot.pictures()).toBe(16);
});

it("tells how long pictures will be on their way", () => {
  const lot = new LotSize();
  lot.learn(32, 320_000, 0.32);
  expect(lot.secondsFor(2500)).toBeCloseTo(25);
});

it("goes on with few where pictures that can't be had have come in no bytes", () => {
  const lot = new LotSize();
  lot.learn(32, 0, FAST);
  expect(lot.pictures()).toBe(32);
});

it("has a screen of small pictures on its way at once where the line is known to be fast", () => {
  const asked = (lot: LotSize) => [lot.pictures(768), lot.onWay];
  expect(asked(new LotSize())).toEqual([512, 3]);
  const near = new LotSize(true);
  expect(asked(near)).toEqual([683, 5]);
  // It was the end of a tunnel.
  near.learn(683, 683 * 768, 2);
  expect(asked(near)).toEqual([85, 3]);
});
