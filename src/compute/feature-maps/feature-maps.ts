import type { BatchLayout } from "../features/preprocess/preprocessing.ts";
import type { ChannelStatistics } from "./channel-statistics.ts";
import type { ReceptiveField } from "./receptive-field.ts";

/**
 * The layers that are wanted: how many, counted from the first of the layer table; or which, in the order in which they are
 * shown, named as `findLayer` takes them; null for all. What is counted leaves out Keras' InputLayer, which is the picture
 * itself, and what answers with nothing for each picture.
 */
export type WantedLayers = number | readonly (string | number)[] | null;

/** What a model answered to one picture. It survives cloning. */
export interface FeatureMaps {
  readonly input: ShownPicture;
  readonly layers: readonly MapLayer[];
}

/** A picture as the model saw it: prepared, as `layout` has it. */
export interface ShownPicture {
  readonly data: Float32Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly layout: BatchLayout;
}

/**
 * One layer's answer to one picture, a map a channel. A dense layer has maps of one place. Of a sequence (tokens of a
 * transformer) the numbers of a token are the channels; its tokens lie as the square that they are, without the first where
 * that is one too many (a class token), else one below the other.
 */
export interface MapLayer {
  readonly name: string;
  /** Which of its answers: a layer may have several. */
  readonly tensor: string;
  /** As the layer table has it: "Conv2D", "Conv". */
  readonly type: string;
  /** Its row in the layer table, from 0. */
  readonly index: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Of its answer to one picture, as the model's own framework has it: Keras with channels last. */
  readonly shape: readonly number[];
  /** Places at the beginning that no map shows: 1 where a class token is left out, 0 else. */
  readonly skipped: number;
  /** `channels * height * width` numbers: channel first whatever the model's layout. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly statistics: ChannelStatistics;
  /** What of the input each place was made of; null: all of it, or nothing that can be told. */
  readonly field: ReceptiveField | null;
}
