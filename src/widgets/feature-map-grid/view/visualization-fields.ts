import { DEFAULT_STEPS } from "../../../compute/feature-visualization/visualization-options.ts";
import type { SettingField } from "../../chrome/settings-fields.ts";

/** How a reader has a picture grown. */
export interface VisualizationChoice {
  readonly steps: number;
  readonly seed: number;
  /** "channel", or the "pixel" on show. */
  readonly of: string;
}

export const visualizationChoice: VisualizationChoice = { steps: DEFAULT_STEPS, seed: 0, of: "channel" };

export const visualizationFields: readonly SettingField[] = [
  {
    key: "steps",
    label: "steps",
    kind: "number",
    min: 8,
    max: 1024,
    step: 1,
    default: DEFAULT_STEPS,
    scale: "log",
    help: "How often the gradient is followed.",
  },
  {
    key: "seed",
    label: "seed",
    kind: "number",
    min: 0,
    max: 999,
    step: 1,
    default: 0,
    help: "Another seed begins with other noise, and may find another picture.",
  },
  {
    key: "of",
    label: "excite",
    kind: "choice",
    options: [
      { value: "channel", label: "the whole channel" },
      { value: "pixel", label: "the pixel on show" },
    ],
    default: "channel",
    help: "The mean over all places, or one of them.",
  },
];
