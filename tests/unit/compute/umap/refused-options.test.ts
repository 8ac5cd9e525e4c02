import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { umapDefaults } from "../../../../src/compute/umap/options.ts";
import { validateUmapOptions } from "../../../../src/compute/umap/validate-options.ts";

interface Refused {
  readonly option: string;
  readonly value: unknown;
  readonly sentence: string;
}

const refused = JSON.parse(readFileSync("tests/reference/umap-options-refused.json", "utf8")) as readonly Refused[];

const camelCase = (name: string) =>
  name === "random_state" ? "seed" : name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describe("an option is refused in the same words as in Python", () => {
  it.each(refused)("$option: $value", ({ option, value, sentence }) => {
    expect(() => validateUmapOptions({ ...umapDefaults, [camelCase(option)]: value })).toThrow(
      expect.objectContaining({ message: sentence }),
    );
  });
});
