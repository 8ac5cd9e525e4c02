// A web page that uses widgets as elements, with the tests' small widget.
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
import { link, observable, type WidgetElement } from "../../../src/widgets/host/observable.ts";
import type { PageParts } from "../../../src/widgets/host/write-page.ts";
import { countingSpec, sessionCounts } from "./counting-widget.ts";

const elements: WidgetElement[] = [];
let invalidate: () => void = () => {};

export interface ElementHost {
  readonly sessions: typeof sessionCounts;
  /** `input` events that reached the page. */
  inputs: number;
  at(place: number): WidgetElement;
  /** What exported pages are built around, given by the test. */
  parts: PageParts | undefined;
  make(input: Readonly<Record<string, unknown>>): void;
  link(): void;
  invalidate(): void;
}

const elementPage: ElementHost = {
  sessions: sessionCounts,
  inputs: 0,
  parts: undefined,
  at(place: number): WidgetElement {
    const element = elements[place];
    if (!element) throw new Error(`no element ${place}`);
    return element;
  },
  make(input: Readonly<Record<string, unknown>>): void {
    const invalidation = new Promise<void>((resolve) => {
      invalidate = resolve;
    });
    const element = observable(eraseProps(countingSpec), input, {
      invalidation,
      load: async (part) => ({ default: `the ${part} part` }),
      loadPage: async () => elementPage.parts ?? { standalone: "", blocks: {} },
    });
    element.addEventListener("input", () => elementPage.inputs++);
    document.getElementById("root")?.append(element);
    elements.push(element);
  },
  link: () => link(...elements),
  invalidate: () => invalidate(),
};

declare global {
  var elementHost: ElementHost;
}
globalThis.elementHost = elementPage;
