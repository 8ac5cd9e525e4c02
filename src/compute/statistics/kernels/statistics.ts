export { addRows, countAbove } from "./moments";
export { countBefore, listRows, pickRows } from "./pick";
export { sumRanks } from "./ranks";
export { compareBetween, compareWelch } from "./rearranged";
export { sortValues } from "./sort";
