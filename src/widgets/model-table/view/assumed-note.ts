import type { ProposedPreprocessing } from "../../../compute/features/preprocess/propose-preprocessing.ts";
import { buildElement } from "../../chrome/build-element.ts";

/** What of the settings the file itself doesn't say. */
export function assumedNote({ assumed }: ProposedPreprocessing): HTMLElement {
  const text = assumed ? `Assumed: ${assumed}. The file doesn't say.` : "As the file's own layers say.";
  return buildElement("p", { class: "ls-model-assumed", text });
}
