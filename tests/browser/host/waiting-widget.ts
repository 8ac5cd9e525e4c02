// A widget whose code waits until it is shown.
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
import { countingSpec } from "./counting-widget.ts";

declare global {
  var timesEvaluated: number | undefined;
}
globalThis.timesEvaluated = (globalThis.timesEvaluated ?? 0) + 1;

export const waiting = { ...eraseProps(countingSpec), name: "waiting" };
