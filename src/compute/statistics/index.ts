// What a page may ask of units: rankings at both levels, and each slide's values.
export type { GroupedRows, Grouping } from "./grouped-rows.ts";
export type { SlideValues, UnitTable, UnitTables } from "./one-way/unit-table.ts";
export { RowStatistics } from "./row-statistics.ts";
export {
  type Level,
  levels,
  type SlideMethod,
  type StatisticsOptions,
  slideMethods,
  statisticsDefaults,
  type UnitTest,
  unitTests,
  validateStatisticsOptions,
} from "./statistics-options.ts";
