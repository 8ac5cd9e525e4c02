import type { VisualizationOptions } from "../compute/feature-visualization/visualization-options.ts";
import { featureMapGridSpec } from "../widgets/feature-map-grid/spec.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import { askElement, type ObservableOptions, observable } from "../widgets/host/observable.ts";
import type { ElementWithoutMap } from "./element-without-map.ts";
import type { FeatureMapGridInput } from "./feature-map-grid-input.ts";
import { modelPictures } from "./model-pictures.ts";

/** What a reader looks at. */
export interface FeatureMapView {
  /** The number of the picture; null: a reader gave one. */
  readonly image: number | null;
  /** The channel that is open, and its layer; null: none is. */
  readonly layer: string | null;
  readonly channel: number | null;
}

/** What a channel's values are like. */
export interface ChannelFacts {
  readonly layer: string;
  readonly type: string;
  readonly channel: number;
  readonly height: number;
  readonly width: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Of the population. */
  readonly std: number;
  /** The share of places that are 0, from 0 to 1. */
  readonly zeros: number;
  /** From 0 to 1 within its layer. */
  readonly strength: number;
  /** It has one value everywhere. */
  readonly dead: boolean;
}

/** A layer's answer to the picture on show. */
export interface LayerMaps {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly [channels: number, height: number, width: number];
}

/** A part of a model: a channel by its mean, one place of it, or a class by its logit. */
export type VisualizedPart =
  | {
      /** Any layer's name, or the place of one among those on show. */
      readonly layer: string | number;
      readonly channel: number;
      readonly row?: number | undefined;
      readonly column?: number | undefined;
    }
  | { readonly class: number };

/** The picture that excites a part of a model most. */
export interface VisualizedFeature {
  /** Red, green and blue of each pixel, row after row. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly shape: readonly [height: number, width: number, colors: 3];
  /** What is answered to it: of a channel the mean over its places. */
  readonly activation: number;
  /** The most that is answered at any place. */
  readonly most: number;
  readonly steps: number;
}

/** Feature maps as an element: `view(element)` in Observable, `append(element)` anywhere else. */
export interface FeatureMapGridElement extends ElementWithoutMap {
  /** What a reader looks at; `input` events tell of changes. */
  readonly value: FeatureMapView;
  /** Change what was given: another picture, other layers, another order. */
  update(changed: Partial<FeatureMapGridInput>): void;
  /** What every channel's values are like, in the layers' order. */
  statistics(): Promise<readonly ChannelFacts[]>;
  /** What a layer on show answers, by its name or its place among those on show. */
  maps(layer: string | number): Promise<LayerMaps>;
  /** The picture that excites a part of the model most, grown from noise (docs/feature-map-grid.md). */
  visualize(part: VisualizedPart, options?: VisualizationOptions): Promise<VisualizedFeature>;
}

/** Serve feature maps as an element. */
export function makeFeatureMapGrid(input: FeatureMapGridInput, options: ObservableOptions): FeatureMapGridElement {
  let value: FeatureMapView = { image: input.image ?? 0, layer: null, channel: null };
  const tell = (facts: Readonly<Record<string, unknown>>): void => {
    const { image, layer, channel } = facts as unknown as FeatureMapView;
    if (image === value.image && layer === value.layer && channel === value.channel) return;
    value = { image, layer, channel };
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const element = observable(eraseProps(featureMapGridSpec), propsOf(input), { ...options, tell });
  const { update } = element;
  return Object.defineProperties(element, {
    value: { get: () => value },
    update: { value: (changed: Partial<FeatureMapGridInput>) => update(propsOf(changed)) },
    statistics: {
      value: async () => {
        const { header } = await askElement(element, "statistics");
        return linesOf(header.columns as Readonly<Record<string, readonly unknown[]>>);
      },
    },
    maps: {
      value: async (layer: string | number) => {
        const { header, bytes } = await askElement(element, "maps", { layer });
        return { data: new Float32Array(bytes.slice().buffer), shape: header.shape };
      },
    },
    visualize: {
      value: async (target: VisualizedPart, options: VisualizationOptions = {}) => {
        const { header, bytes } = await askElement(element, "visualize", { ...options, target });
        const { shape, activation, most, steps } = header;
        return { data: new Uint8ClampedArray(bytes.buffer), shape, activation, most, steps };
      },
    },
  }) as unknown as FeatureMapGridElement;
}

/** What a caller left out stays out: an update changes what it names. */
function propsOf({ model, images, ...others }: Partial<FeatureMapGridInput>): Record<string, unknown> {
  return {
    ...others,
    ...(images === undefined ? {} : { images: modelPictures(images) }),
    ...(model === undefined ? {} : { model: model.source, preprocessing: model.declared }),
  };
}

/** Columns as lines. */
function linesOf(columns: Readonly<Record<string, readonly unknown[]>>): readonly ChannelFacts[] {
  const names = Object.entries(columns);
  const count = names[0]?.[1].length ?? 0;
  return Array.from(
    { length: count },
    (_, line) => Object.fromEntries(names.map(([name, values]) => [name, values[line]])) as unknown as ChannelFacts,
  );
}
