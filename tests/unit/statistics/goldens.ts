import { readFileSync } from "node:fs";
import type { GroupedRows } from "../../../src/compute/statistics/grouped-rows.ts";
import type { SlideMethod, UnitTest } from "../../../src/compute/statistics/statistics-options.ts";

const reference = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../reference/${name}`, import.meta.url)).toString());

interface Answer {
  readonly statistic: number;
  /** null where SciPy's underflows. */
  readonly p: number | null;
  /** null where it is too far out for mpmath. */
  readonly logP: number | null;
}

interface AnswerWithEffects extends Answer {
  readonly etaSquared: number;
  readonly omegaSquared: number;
}

/** What SciPy, statsmodels and mpmath said; make-statistics-goldens.py tells how. */
export const statistics = reference("statistics-goldens.json") as {
  readonly fTails: readonly {
    readonly f: number;
    readonly between: number;
    readonly within: number;
    readonly logP: number;
    readonly scipy: number | null;
  }[];
  readonly chiSquaredTails: readonly {
    readonly x: number;
    readonly degrees: number;
    readonly logP: number;
    readonly scipy: number | null;
  }[];
  readonly tests: readonly {
    readonly sizes: readonly number[];
    readonly means: readonly number[];
    readonly squares: readonly number[];
    readonly rankSums: readonly number[];
    readonly ties: number;
    readonly anova: AnswerWithEffects;
    readonly welch: Answer | null;
    readonly kruskal: AnswerWithEffects;
  }[];
  readonly adjusted: readonly {
    readonly p: readonly number[];
    readonly q: readonly number[];
    readonly bonferroni: readonly number[];
  }[];
  /** A [statistic, p] a unit of `slideflowRows`; null where there is none. */
  readonly rows: Readonly<
    Record<"tile" | SlideMethod, Readonly<Record<UnitTest, readonly (readonly [number | null, number | null])[]>>>
  >;
};

interface UnitAnswers {
  readonly f: readonly number[];
  readonly p: readonly number[];
}

/** What Slideflow 3.0.2 answered; pack-slideflow-statistics.py tells how. */
export const slideflow = reference("statistics-slideflow.json") as {
  readonly slides: readonly { readonly name: string; readonly label: string; readonly tiles: number }[];
  readonly units: number;
  /** f -1 and p 1 where there is none. */
  readonly tile: UnitAnswers;
  readonly slide: UnitAnswers;
  readonly threshold: number;
  readonly slideByThreshold: UnitAnswers;
  readonly bySlide: readonly number[];
  readonly byTile: readonly number[];
  readonly summary: { readonly units: readonly number[]; readonly means: readonly (readonly number[])[] };
};

/** The activations that it was asked about, a matrix of the slides' tiles one after another. */
export function slideflowRows(): GroupedRows {
  const bytes = Uint8Array.from(readFileSync(new URL("../../reference/statistics-slideflow.bin", import.meta.url)));
  const { slides, units } = slideflow;
  const labels = [...new Set(slides.map(({ label }) => label))].sort();
  const codes = (codeOf: (slide: number) => number) =>
    Int32Array.from(slides.flatMap(({ tiles }, slide) => Array(tiles).fill(codeOf(slide))));
  return {
    values: { data: new Float32Array(bytes.buffer), rows: bytes.length / 4 / units, columns: units },
    groups: { codes: codes((slide) => labels.indexOf(slides[slide]?.label ?? "")), count: labels.length },
    slides: { codes: codes((slide) => slide), count: slides.length },
  };
}
