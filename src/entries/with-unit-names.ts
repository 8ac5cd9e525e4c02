import { Activations } from "../widgets/models/activations.ts";
import type { UnitStatisticsInput } from "./box-plot-input.ts";

/** Units as their caller wrote them; predictions whose classes have names keep these. */
export function withUnitNames(input: UnitStatisticsInput): Record<string, unknown> {
  const own = input.values instanceof Activations ? input.values.columns : null;
  return { ...(own && { unitNames: own }), ...input };
}
