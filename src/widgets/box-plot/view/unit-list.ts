import { formatLogP, formatLogPAlike } from "../../theme/numbers.ts";
import { findUnits, orderUnits, type UnitOrder } from "../data/order-units.ts";
import { unitName } from "../data/unit-name.ts";
import { formatEffect, whyNone } from "../data/unit-sentence.ts";
import type { BoxPlotSession } from "../session.ts";
import type { UnitLine, UnitList } from "./unit-table.ts";

/** The units of a session in the order, and by the words, that a reader asks for. */
export function unitList(session: BoxPlotSession, order: UnitOrder, query: string): UnitList {
  const { active, read, current, choice } = session;
  const names = read?.unitNames ?? null;
  const units = active ? findUnits(orderUnits(active.table, order), query, names) : new Int32Array();
  return {
    units,
    total: active?.table.ranking.length ?? 0,
    order,
    current: current.unit,
    pinned: choice.pinned,
    isNamed: names !== null,
    line: (unit) => lineOf(session, unit),
  };
}

function lineOf({ active, read, rankings }: BoxPlotSession, unit: number): UnitLine {
  const names = read?.unitNames ?? null;
  const { table } = active ?? {};
  const name = names ? unitName(unit, names) : String(unit);
  if (!table) return { name, effect: "", q: "", told: name };
  const title = unitName(unit, names);
  if (Number.isNaN(table.statistic[unit]))
    return { name, effect: "", q: "", told: `${title}: no statistic, ${whyNone(unit, table)}` };
  const effect = formatEffect(table.etaSquared[unit] ?? Number.NaN);
  const q = formatLogP(table.logQ[unit] ?? 0);
  const { tile, slide } = (active?.classes ? rankings.classes : rankings.selection) ?? {};
  const levels = [...(slide ? [slide] : []), ...(tile ? [tile] : [])];
  const ps = levels.map(({ level, logP }) => `p ${formatLogP(logP[unit] ?? 0)} (${level} level)`);
  const doubt = slide ? ". Tiles of one slide are not independent: their p is too small." : "";
  const listed = formatLogPAlike(table.logQ[unit] ?? 0);
  return { name, effect, q: listed, told: `${title}: η² ${effect}, q ${q}, ${ps.join(", ")}${doubt}` };
}
