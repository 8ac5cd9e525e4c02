import { randomAt } from "../random.ts";

/** Noise of standard deviation 1 for a number of a picture, counted in the order (height, width, channel). */
export type Noise = (sample: number, place: number) => number;

/**
 * Normal numbers from counters (Box and Muller): the same for the same seed, sample and place on every machine, in whatever
 * order they are asked for.
 *
 * @param size - Numbers of a picture.
 */
export function gaussianNoise(seed: number, size: number): Noise {
  return (sample, place) => {
    const counter = 2 * (sample * size + place);
    // 0 itself has no logarithm.
    const distance = Math.sqrt(-2 * Math.log((1 - randomAt(seed, counter)) / 2));
    return distance * Math.cos(Math.PI * randomAt(seed, counter + 1));
  };
}
