import { ComputeError } from "../../../compute/errors.ts";
import type { SaliencyMethod } from "../../../compute/saliency/saliency-method.ts";
import type { NumericSource } from "../../host/sources.ts";
import { formatCounted } from "../../theme/numbers.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { className, classNumber } from "./class-names.ts";
import { methodWords } from "./method-words.ts";
import type { MapColumn } from "./shown-saliency.ts";

/** A column of maps that are made here. */
export interface MadeColumn extends MapColumn {
  readonly method: SaliencyMethod;
}

/**
 * What is asked of each picture: of one class after the other every method.
 *
 * @throws {ComputeError} "input" for a name that no class has.
 */
export function mapColumns(
  { classIdx, methods }: Pick<SaliencyOverlayProps, "classIdx" | "methods">,
  names: readonly string[] | null,
): readonly MadeColumn[] {
  const classes = classIdx?.map((asked) => classNumber(asked, names)) ?? [null];
  return [...new Set(classes)].flatMap((number) =>
    methods.map(({ method, smooth }) => {
      const words = methodWords({ method, smooth });
      const name = number === null ? words : `${words}, ${className(names, number)}`;
      return { method, smooth, classIdx: number, name };
    }),
  );
}

/**
 * The columns of maps that were given.
 *
 * @throws {ComputeError} "input" for classes that are neither one nor one a column, and for a name that no class has.
 */
export function givenColumns(
  { classIdx, mapNames }: Pick<SaliencyOverlayProps, "classIdx" | "mapNames">,
  { shape }: Pick<NumericSource, "shape">,
  names: readonly string[] | null,
): readonly MapColumn[] {
  const [, count = 0] = shape;
  const classes = classIdx?.map((asked) => classNumber(asked, names)) ?? [];
  if (classes.length > 1 && classes.length !== count)
    throw new ComputeError(
      "input",
      `${formatCounted(classes.length, "class", "classes")} for ${formatCounted(count, "column")} of maps.`,
      "Pass one class, or one a column.",
    );
  return Array.from({ length: count }, (_, at) => ({
    method: null,
    smooth: false,
    classIdx: classes[at] ?? classes[0] ?? null,
    name: mapNames?.[at] ?? (count > 1 ? `map ${at + 1}` : "map"),
  }));
}
