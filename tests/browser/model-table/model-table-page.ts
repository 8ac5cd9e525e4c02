import { ComputeError } from "../../../src/compute/errors.ts";
import type { ModelLayer } from "../../../src/compute/model/model-layer.ts";
import { type ModelTableElement, makeModelTable } from "../../../src/entries/model-table-element.ts";
import type { Answer } from "../../../src/widgets/host/contract.ts";
import { packTable } from "../../../src/widgets/model-table/data/saved-table.ts";
import type { ShownModel } from "../../../src/widgets/model-table/data/shown-model.ts";
import { acceptProps } from "../../../src/widgets/model-table/props.ts";
import { ModelTableSession } from "../../../src/widgets/model-table/session.ts";
import { modelOfFiles } from "../../../src/widgets/models/model-of-files.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";

/** Files as they cross from the test: bytes in base64. */
export type Files = Readonly<Record<string, string>>;

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const listOf = (files: Files) => Object.entries(files).map(([name, text]) => new File([bytesOf(text)], name));

/** What the host was told, and handed. */
const told: unknown[] = [];
const saved = new Map<string, Blob>();
let kept = new Uint8Array();
let session: ModelTableSession | null = null;
let element: ModelTableElement | null = null;

/** A table in the page, of whatever is passed. */
function open(props: Readonly<Record<string, unknown>>): ModelTableSession {
  const made = new ModelTableSession(acceptProps(props), {
    signal: new AbortController().signal,
    report: () => undefined,
    keep: (bytes) => {
      kept = bytes;
    },
    load: (part) => (part === "engine" ? fetchEngine() : Promise.resolve({})),
    tell: (facts) => told.push(facts),
    again: "Run the cell to compute again.",
    download: (name, content) => saved.set(name.replace(/-\d{4}-\d\d-\d\d/, ""), content),
  });
  made.ready.catch(() => undefined);
  const root = document.createElement("div");
  document.getElementById("root")?.append(root);
  made.mount(root, new AbortController().signal);
  session = made;
  return made;
}

const page = {
  told,
  /** Without a model, or with one that was passed. */
  async open(files: Files | null, props: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const model = files && (await modelOfFiles(listOf(files).map((file) => ({ name: file.name, content: file }))));
    open({ ...props, ...(model ? { model } : {}) });
  },
  /** A table of these layers, as a saved notebook keeps it. */
  async openSaved(layers: readonly ModelLayer[], facts: Partial<ShownModel["facts"]> = {}): Promise<void> {
    const shown: ShownModel = {
      facts: {
        name: "lab.h5",
        format: "keras",
        version: "Keras 2.2.4",
        notes: [],
        inputs: [],
        outputs: [],
        processor: "CPU",
        reason: "CPU: quicker here than WebGPU.",
        secondsPerPicture: 0,
        preprocessing: null,
        answers: "probabilities",
        ...facts,
      },
      layers,
      bytes: 13_850_000,
    };
    await open({ saved: await packTable(shown) }).ready;
  },
  /** The notebook is opened again, without its kernel; a model that was passed is known by name, and can't be read. */
  async reopen({ isPassed = false } = {}): Promise<void> {
    const read = () => Promise.reject(new ComputeError("lost", "Python has stopped.", "Run the cell again."));
    const model = { key: "gone", name: "gone.onnx", files: [{ name: "gone.onnx", bytes: 8, read }] };
    const made = open({ saved: kept, ...(isPassed && { model }) });
    await made.ready.catch(() => undefined);
    await made.whenAtRest();
  },
  /** An element as a page's author makes one. */
  makeElement(): void {
    const load = (part: string) => (part === "engine" ? fetchEngine() : Promise.resolve({}));
    const made = makeModelTable({}, { load, loadPage: async () => ({ standalone: "", blocks: {} }) });
    made.addEventListener("input", () => told.push(made.value?.name));
    document.getElementById("root")?.append(made);
    element = made;
  },
  valueOfElement: () => ({ layers: element?.value?.layers.length, assumed: element?.value?.assumed }),
  async pageOfElement(): Promise<string> {
    return (await (await element?.toHtml())?.text()) ?? "";
  },
  savedNames: () => [...saved.keys()],
  async savedText(name: string): Promise<string> {
    return (await saved.get(name)?.text()) ?? "";
  },
  async ask(name: string, options: Readonly<Record<string, unknown>> = {}): Promise<Answer["header"]> {
    const answer = await session?.commands[name]?.(options, {});
    return answer?.header ?? {};
  },
};

declare global {
  var modelTablePage: typeof page;
}
globalThis.modelTablePage = page;
