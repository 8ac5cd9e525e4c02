import { expect, it } from "vitest";
import { LotSize } from "../../../src/widgets/mosaic/plot/tiles/lot-size.ts";

it("sends few pictures together while nobody knows how large they are", () => {
  expect(new LotSize().pictures).toBe(32);
});

it("sends as many pictures together as take four megabytes, by what has come", () => {
  const lot = new LotSize();
  lot.learn(32, 32 * 12_288);
  expect(lot.pictures).toBe(341);
  lot.learn(32, 32 * 36_864);
  expect(lot.pictures).toBe(171);
});

it("sends no more than 512 together, however small they are, and at least one, however large", () => {
  const small = new LotSize();
  small.learn(32, 32 * 500);
  expect(small.pictures).toBe(512);
  const large = new LotSize();
  large.learn(1, 40_000_000);
  expect(large.pictures).toBe(1);
});

it("goes on with few where pictures that can't be had have come in no bytes", () => {
  const lot = new LotSize();
  lot.learn(32, 0);
  expect(lot.pictures).toBe(32);
});
