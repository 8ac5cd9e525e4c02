import { ComputeError } from "../../compute/errors.ts";
import { type FeatureOptions, featureDefaults } from "../../compute/features/feature-options.ts";

/** What is asked of a model's layers; what is left out is as `featureDefaults` has it. */
export type AskedFeatures = { readonly [Name in keyof FeatureOptions]?: FeatureOptions[Name] | undefined };

/** "postconv", "conv1 and conv2", "5 layers", "the predictions". */
export function layerWords({ layers }: Pick<FeatureOptions, "layers">): string {
  if (layers.length === 0) return "the predictions";
  if (layers.length > 2) return `${layers.length} layers`;
  return layers.map((layer) => (typeof layer === "number" ? `layer ${layer}` : layer)).join(" and ");
}

/**
 * What is left out put in.
 *
 * @throws {ComputeError} "input" for a name of none.
 */
export function featureOptionsOf(asked: AskedFeatures): FeatureOptions {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  const unknown = given.find(([name]) => !Object.hasOwn(featureDefaults, name));
  if (unknown)
    throw new ComputeError(
      "input",
      `unknown option: "${unknown[0]}".`,
      `Known are ${Object.keys(featureDefaults).join(", ")}.`,
    );
  return { ...featureDefaults, ...Object.fromEntries(given) };
}
