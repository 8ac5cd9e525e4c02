import type { Backward } from "../../backward.ts";
import { over, times, where } from "../../emit/arithmetic.ts";
import { isPositive } from "../../emit/comparison.ts";
import type { GradientRule } from "../../rule.ts";
import { giveBroadcast } from "./arithmetic.ts";

/**
 * Pow: p x^(p - 1) to the base; y ln x to the exponent, 0 where the base is not positive (PyTorch has it at 0, and no
 * number below).
 */
export const pow: GradientRule = (node, back) => {
  const [base = "", exponent = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  const x = back.read(base);
  const power = back.isConstant(exponent) ? onlyNumber(back.constant(exponent)) : null;
  if (power !== 0)
    giveBroadcast(back, base, output, () =>
      power === null ? ofTensor(back, dy, x, exponent) : ofNumber(back, dy, x, back.read(output), power),
    );
  giveBroadcast(back, exponent, output, () => {
    const logarithm = back.emit("Log", [where(back, isPositive(back, x), x, back.number(1))]);
    return times(back, times(back, dy, back.read(output)), logarithm);
  });
};

/** The number that all of a tensor are, or null. */
function onlyNumber(numbers: readonly number[]): number | null {
  const [first = null] = numbers;
  return numbers.every((number) => number === first) ? first : null;
}

function ofNumber(back: Backward, dy: string, x: string, y: string, power: number): string {
  if (power === 1) return dy;
  const scaled = times(back, dy, back.number(power));
  if (power === 0.5) return over(back, scaled, y);
  return times(back, scaled, power === 2 ? x : back.emit("Pow", [x, back.number(power - 1)]));
}

function ofTensor(back: Backward, dy: string, x: string, exponent: string): string {
  const power = back.read(exponent);
  const lower = back.emit("Sub", [power, back.number(1)]);
  return times(back, times(back, dy, power), back.emit("Pow", [x, lower]));
}
