/** Where a layer's columns stand among the features. */
export interface FeatureBlock {
  readonly layer: string;
  /** Its first column. */
  readonly start: number;
  readonly channels: number;
  /** Places of each channel; 1 for vectors and what is pooled. */
  readonly places: number;
  /** Whether all channels of a place stand together, or all places of a channel. */
  readonly channelsLast: boolean;
}

/** What a column of the features is. */
export interface FeatureOrigin {
  readonly layer: string;
  readonly channel: number;
  /** Row after row of the layer's map; 0 for vectors and what is pooled. */
  readonly place: number;
}

/** How many columns blocks have together. */
export function columnsOf(blocks: readonly FeatureBlock[]): number {
  return blocks.reduce((sum, { channels, places }) => sum + channels * places, 0);
}

/** @throws RangeError for a column that there isn't. */
export function originOf(blocks: readonly FeatureBlock[], column: number): FeatureOrigin {
  const block = blocks.findLast(({ start }) => start <= column);
  const within = column - (block?.start ?? 0);
  if (!block || within < 0 || within >= block.channels * block.places)
    throw new RangeError(`column ${column} of ${columnsOf(blocks)}`);
  const { layer, channels, places, channelsLast } = block;
  return channelsLast
    ? { layer, channel: within % channels, place: Math.floor(within / channels) }
    : { layer, channel: Math.floor(within / places), place: within % places };
}
