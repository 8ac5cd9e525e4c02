import { readFileSync } from "node:fs";

/** What matplotlib and Pillow made (tests/reference/models/make-colormap-goldens.py). */
export const goldens: {
  readonly tables: Readonly<Record<"inferno" | "viridis" | "oranges" | "grey", string>>;
  readonly edges: readonly number[];
  readonly colorsAtEdges: readonly (readonly number[])[];
  readonly overlay: {
    readonly height: number;
    readonly width: number;
    readonly picture: readonly number[];
    readonly bytes: readonly number[];
  };
} = JSON.parse(readFileSync("tests/reference/saliency/colormap-goldens.json", "utf8"));
