import { ComputeError } from "../../compute/errors.ts";
import { type ActivationSource, isActivationSource } from "../models/activation-source.ts";

/** Everything that a caller may give. */
export interface ActivationsProps {
  readonly activations: ActivationSource | null;
  readonly theme: "auto" | "light" | "dark";
  /** What was said at the end, from a saved notebook. */
  readonly saved: Uint8Array<ArrayBuffer> | null;
}

export const activationsDefaults: ActivationsProps = { activations: null, theme: "auto", saved: null };

const known = new Set(Object.keys(activationsDefaults));

/** @throws {ComputeError} on an unknown name, and where there are no activations. */
export function acceptProps(input: Readonly<Record<string, unknown>>): ActivationsProps {
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `unknown option: "${unknown}".`, `Known are ${[...known].join(", ")}.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const props = { ...activationsDefaults, ...given } as ActivationsProps;
  if (!props.saved && !isActivationSource(props.activations))
    throw new ComputeError("input", "There are no activations.", "Pass those of a model's layers.");
  return props;
}
