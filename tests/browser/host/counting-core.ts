// The shared code of a build that holds the tests' own widgets.
import { afm } from "../../../src/widgets/host/afm.ts";
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
import { countingSpec, sessionCounts } from "./counting-widget.ts";

declare global {
  var sessions: typeof sessionCounts;
}
globalThis.sessions = sessionCounts;

export const { render } = afm({
  counting: eraseProps(countingSpec),
  waiting: async () => (await import("./waiting-widget.ts")).waiting,
});
