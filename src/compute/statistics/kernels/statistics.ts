export { addRows, countAbove } from "./moments";
export { compareBetween, compareWelch } from "./rearranged";
