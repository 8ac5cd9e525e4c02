import { eraseProps } from "../widgets/host/erase-props.ts";
import type { ShapedNumbers } from "../widgets/host/inline-sources.ts";
import { askElement, type ObservableOptions, observable } from "../widgets/host/observable.ts";
import { saliencyOverlaySpec } from "../widgets/saliency-overlay/spec.ts";
import { type PackedArrays, unpackArrays } from "../widgets/work/pack-arrays.ts";
import type { ElementWithoutMap } from "./element-without-map.ts";
import type { SaliencyOverlayInput } from "./saliency-overlay-input.ts";
import { overlayProps } from "./saliency-overlay-props.ts";

/** What a reader looks at. */
export interface SaliencyOverlayView {
  /** The number of the first picture on show; null: a reader gave it. */
  readonly image: number | null;
  /** The class that its maps are about; null where they are about several. */
  readonly classIdx: number | null;
}

/** Maps as one array. */
export interface OverlayNumbers extends ShapedNumbers {
  readonly data: Float32Array<ArrayBuffer>;
}

/** What becomes of a class as the most salient places go, or come (RISE: Petsiuk, Das and Saenko 2018). */
export interface SaliencyCurves {
  /** Shares of the picture, from 0 to 1. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** The class's probability with that share blurred away. */
  readonly deletion: Float32Array<ArrayBuffer>;
  /** The same with that share put into the blurred picture. */
  readonly insertion: Float32Array<ArrayBuffer>;
  /** The areas under them, 0 to 1: of a faithful map deletion's is small and insertion's is large. */
  readonly deletionArea: number;
  readonly insertionArea: number;
}

/** Maps over their pictures as an element: `view(element)` in Observable, `append(element)` anywhere else. */
export interface SaliencyOverlayElement extends ElementWithoutMap {
  /** What a reader looks at; `input` events tell of changes. */
  readonly value: SaliencyOverlayView;
  /** Change what was given: another picture, other methods, another way of drawing. */
  update(changed: Partial<SaliencyOverlayInput>): void;
  /** The maps on show as they are drawn, 0 to 1: pictures × columns × height × width. */
  mask(): Promise<OverlayNumbers>;
  /** The maps on show unclipped: what each place brings, summed over the channels, with its sign. */
  raw(): Promise<OverlayNumbers>;
  /** How faithful the map of a picture in a column is, both counted from 0 among those on show. */
  curves(place?: { readonly picture?: number; readonly column?: number }): Promise<SaliencyCurves>;
}

/** Serve maps over their pictures as an element. */
export function makeSaliencyOverlay(input: SaliencyOverlayInput, options: ObservableOptions): SaliencyOverlayElement {
  let given = input;
  let value: SaliencyOverlayView = { image: null, classIdx: null };
  const tell = (facts: Readonly<Record<string, unknown>>): void => {
    const { image, classIdx } = facts as unknown as SaliencyOverlayView;
    if (image === value.image && classIdx === value.classIdx) return;
    value = { image, classIdx };
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const element = observable(eraseProps(saliencyOverlaySpec), overlayProps(given, given), { ...options, tell });
  const { update } = element;
  const numbers = async (command: "mask" | "raw") => {
    const { header, bytes } = await askElement(element, command);
    return { data: new Float32Array(bytes.slice().buffer), shape: header.shape };
  };
  return Object.defineProperties(element, {
    value: { get: () => value },
    update: {
      value(changed: Partial<SaliencyOverlayInput>) {
        given = { ...given, ...changed };
        update(overlayProps(changed, given));
      },
    },
    mask: { value: () => numbers("mask") },
    raw: { value: () => numbers("raw") },
    curves: {
      async value({ picture = 0, column = 0 } = {}) {
        const { header, bytes } = await askElement(element, "curves", { picture, column });
        const { arrays, deletionArea, insertionArea } = header as unknown as PackedArrays & SaliencyCurves;
        return { ...Object.fromEntries(unpackArrays({ arrays, bytes })), deletionArea, insertionArea };
      },
    },
  }) as unknown as SaliencyOverlayElement;
}
