import { ComputeError } from "../../../src/compute/errors.ts";
import type { Answer, HostServices, Session, WidgetSpec } from "../../../src/widgets/host/contract.ts";
import {
  type ImageSource,
  isNumericSource,
  type NumericSource,
  type TextSource,
} from "../../../src/widgets/host/sources.ts";
import { LinkedRows } from "../../../src/widgets/link/linked-rows.ts";

interface CountingProps {
  readonly points: NumericSource | null;
  readonly names: TextSource | null;
  readonly images: ImageSource | null;
  readonly title: string;
  readonly saved: Uint8Array<ArrayBuffer> | null;
}

/** What tests ask about a page's sessionCounts. */
export const sessionCounts = { opened: 0, ended: 0, updates: [] as string[][] };

/** A small widget that uses everything that a host gives: it shows the sum of its points. */
export const countingSpec: WidgetSpec<CountingProps> = {
  name: "counting",
  defaults: { points: null, names: null, images: null, title: "Sum", saved: null },
  accept(input) {
    if (input.title === 7) throw new ComputeError("input", "title is <b>7</b>.", "Pass a text.");
    return { ...this.defaults, ...input };
  },
  open: (props, host) => new CountingSession(props, host),
};

class CountingSession implements Session<CountingProps> {
  readonly rows: LinkedRows;
  readonly ready: Promise<void>;
  #text = "waiting";
  #notice: string | null = null;
  readonly #views = new Set<() => void>();

  constructor(
    private props: CountingProps,
    private readonly host: HostServices,
  ) {
    sessionCounts.opened++;
    this.rows = new LinkedRows(`counting-${sessionCounts.opened}`, props.points?.shape[0] ?? 0);
    host.signal.addEventListener("abort", () => sessionCounts.ended++);
    this.ready = this.#sum();
    this.ready.catch(() => {});
  }

  readonly commands = {
    sum: async (): Promise<Answer> => {
      await this.ready;
      return { header: { text: this.#text }, bytes: new TextEncoder().encode(this.#text) };
    },
    large: async (options: Readonly<Record<string, unknown>>): Promise<Answer> => ({
      header: {},
      bytes: new Uint8Array(Number(options.size)).fill(7),
    }),
    forever: (_: unknown, { signal }: { signal?: AbortSignal | undefined }): Promise<Answer> =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      }),
    part: async (): Promise<Answer> => {
      const part = (await this.host.load("pdf")) as { readonly default: string };
      return { header: { part: part.default }, bytes: new Uint8Array() };
    },
  };

  mount(root: HTMLElement, signal: AbortSignal): void {
    const parts = ["sum", "notice", "selected", "title", "names"].map((name) => {
      const element = document.createElement("span");
      element.className = name;
      root.append(element, " ");
      return element;
    });
    const button = document.createElement("button");
    button.textContent = "Select row 1";
    button.addEventListener("click", () => this.rows.select(new Uint8Array([2])), { signal });
    const slider = document.createElement("input");
    slider.type = "range";
    root.append(button, slider);
    const paint = () => {
      const texts = [
        this.#text,
        this.#notice ?? "",
        this.rows.selected ? [...this.rows.selected].join(",") : "none",
        this.props.title,
      ];
      texts.forEach((text, index) => {
        const part = parts[index];
        if (part) part.textContent = text;
      });
    };
    this.#views.add(paint);
    this.rows.listen("selection", paint, signal);
    signal.addEventListener("abort", () => this.#views.delete(paint));
    paint();
    void this.props.names?.read({ signal }).then((names) => {
      const place = parts[4];
      if (place) place.textContent = names.join("|");
    });
    void this.props.images?.get(1, { signal }).then((picture) => {
      if (!picture) return;
      const canvas = document.createElement("canvas");
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d")?.drawImage(picture, 0, 0);
      root.append(canvas);
    });
  }

  update(changed: Partial<CountingProps>): void {
    sessionCounts.updates.push(Object.keys(changed));
    this.props = { ...this.props, ...changed };
    this.#paint();
  }

  notice(sentence: string | null): void {
    this.#notice = sentence;
    this.#paint();
  }

  async #sum(): Promise<void> {
    const { points, saved } = this.props;
    try {
      if (!isNumericSource(points)) {
        this.#text = saved ? `saved ${saved.length}` : "nothing";
        return;
      }
      const numbers = await points.read({
        signal: this.host.signal,
        onProgress: ({ stage, done, total, unit }) => {
          this.host.report({ phase: "working", sentence: `${stage} ${done} of ${total} ${unit}` });
        },
      });
      this.#text = `sum ${Array.from(numbers).reduce((sum, value) => sum + value, 0)}`;
      this.host.keep(new Uint8Array([1, 2, 3]));
      this.host.report({ phase: "done", seconds: 0.1, caption: "A sum." });
    } catch (thrown) {
      const { reason, remedy, details, kind } = ComputeError.from(thrown);
      this.#text = `${kind}: ${reason}`;
      this.host.report({ phase: "failed", reason, remedy, details });
      throw thrown;
    } finally {
      this.#paint();
    }
  }

  #paint(): void {
    for (const paint of this.#views) paint();
  }
}
