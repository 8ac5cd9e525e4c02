import { processorWords } from "../../models/page-model.ts";
import type { StatusSource } from "../../work/view-status.ts";
import type { ModelTableSession } from "../session.ts";

/** What the status line says of a model. */
export function modelStatus(session: ModelTableSession): StatusSource {
  return {
    rows: session.rows,
    work: session.work,
    get backend() {
      const facts = session.shown?.facts;
      return facts
        ? { name: processorWords(facts.processor), reason: facts.reason.replace(/^CPU:/, "WebAssembly:") }
        : null;
    },
    coloring: null,
    // Where files are asked for, what failed is said in the line below, and can be mended at once.
    get hasPicture() {
      return session.shown !== null || session.asked !== null || session.work.error === null;
    },
    retry: () => session.again(),
    empty: { sentence: "There is no model.", code: 'Model("model.onnx")' },
    get ready() {
      // Where files are asked for, what is missing is what is heard.
      return session.shown ? "The layers are listed." : (session.asked?.cause ?? "");
    },
  };
}
