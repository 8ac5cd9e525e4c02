import { ComputeError } from "../../errors.ts";
import type { StainMethod, StainNormalizer } from "../../images/stain/normalizer.ts";
import { normalizerPresets } from "../../images/stain/normalizer-presets.ts";
import { checkChoice } from "../../option-checks.ts";
import { type Preprocessing, preprocessingDefaults, validatePreprocessing } from "./preprocessing.ts";

/** What somebody says of the preparation of pictures; what is left out is as the model's file suggests. */
export type DeclaredPreprocessing = {
  readonly [Name in Exclude<keyof Preprocessing, "size" | "normalizer" | "mean" | "deviation">]?:
    | Preprocessing[Name]
    | undefined;
} & {
  /** A number is every channel's. */
  readonly mean?: Preprocessing["mean"] | number | undefined;
  /** A number is every channel's. */
  readonly deviation?: Preprocessing["deviation"] | number | undefined;
  /** A number is a square's side. */
  readonly size?: Preprocessing["size"] | number | undefined;
  /** A method's name stands for its published target. */
  readonly normalizer?: StainNormalizer | StainMethod | null | undefined;
};

/**
 * A model's proposed settings, with those that are declared in their place.
 *
 * @throws {ComputeError} kind "input" for an unknown setting and for one that can't be used, by its name.
 */
export function declarePreprocessing(proposed: Preprocessing, declared: DeclaredPreprocessing): Preprocessing {
  const unknown = Object.keys(declared).find((name) => !Object.hasOwn(preprocessingDefaults, name));
  if (unknown !== undefined)
    throw new ComputeError(
      "input",
      `unknown preprocessing: "${unknown}".`,
      `Known are ${Object.keys(preprocessingDefaults).join(", ")}.`,
    );
  const { size, normalizer, mean, deviation, ...others } = declared;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  const settled: Preprocessing = {
    ...proposed,
    ...given,
    mean: figuresOf(mean) ?? proposed.mean,
    deviation: figuresOf(deviation) ?? proposed.deviation,
    size: typeof size === "number" ? { height: size, width: size } : size === undefined ? proposed.size : size,
    normalizer:
      typeof normalizer === "string"
        ? presetOf(normalizer)
        : normalizer === undefined
          ? proposed.normalizer
          : normalizer,
  };
  validatePreprocessing(settled);
  return settled;
}

function figuresOf(figures: number | readonly number[] | undefined): readonly number[] | undefined {
  return typeof figures === "number" ? [figures] : figures;
}

function presetOf(method: StainMethod): StainNormalizer {
  checkChoice("normalizer", method, Object.keys(normalizerPresets), " or none");
  return normalizerPresets[method];
}
