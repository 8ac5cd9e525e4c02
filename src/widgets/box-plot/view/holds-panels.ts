import { shownUnits } from "../data/shown-units.ts";
import type { BoxPlotSession } from "../session.ts";

/** Whether other units are on show than the ranking on show would have: those whose boxes rows are being selected by. */
export function holdsPanels({ active, props, choice, current, shown }: BoxPlotSession): boolean {
  if (!active) return false;
  const { units, panels } = props;
  const { pinned } = choice;
  const best = shownUnits({ units, panels, pinned, ranking: active.table.ranking, current: current.unit });
  return best.some((unit) => !shown.includes(unit));
}
