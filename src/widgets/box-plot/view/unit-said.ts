import { formatLogP } from "../../theme/numbers.ts";
import { levelOf } from "../props.ts";
import type { BoxPlotSession } from "../session.ts";
import type { Said } from "./sentence-line.ts";

const DEPENDENT = "Tiles of one slide are not independent: this p is too small.";
const UNKNOWN = "If rows share slides or patients, this p is too small: pass slides.";

/** What stands under the panels: the sentence, the p of tiles beside that of slides, and why not to trust it. */
export function unitSaid({ sentence, active, rankings, told, read, props }: BoxPlotSession): Said {
  const hasP = active !== null && !Number.isNaN(active.table.statistic[told]);
  if (!read || !hasP) return { sentence, aside: "", warning: "" };
  if (!read.slides) return { sentence, aside: "", warning: UNKNOWN };
  if (levelOf(props) === "tile") return { sentence, aside: "", warning: DEPENDENT };
  const tile = (active.classes ? rankings.classes : rankings.selection)?.tile;
  const logP = tile?.logP[told];
  if (logP === undefined || Number.isNaN(tile?.statistic[told])) return { sentence, aside: "", warning: "" };
  return { sentence, aside: `Tile level: p = ${formatLogP(logP)}.`, warning: DEPENDENT };
}
