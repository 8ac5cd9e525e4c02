import { boxNumbers } from "./box-numbers.ts";
import { densityCurve } from "./density-curve.ts";
import type { Observations } from "./observe-values.ts";
import { mostPoints, pointSwarm } from "./point-swarm.ts";
import type { BoxShape, UnitGroup } from "./unit-boxes.ts";

/** @param perValue For points: diameters that a difference of 1 in value is high. */
export function drawGroup(
  { ascending, values, mean, ofSlides }: Observations,
  shape: BoxShape,
  perValue: number,
): UnitGroup {
  const few = values.length <= mostPoints;
  const box = boxNumbers(ascending, mean);
  return {
    box,
    density: shape === "violin" || (shape === "points" && !few) ? densityCurve(values, box) : null,
    swarm: shape === "points" && few ? pointSwarm(ascending, perValue) : null,
    slideMeans: ofSlides.values,
    slides: ofSlides.slides,
  };
}
