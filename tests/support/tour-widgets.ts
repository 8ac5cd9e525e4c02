/** Where the tours' widgets stand, in Jupyter and in the Observable document alike. */
export const TOUR = {
  /** The first five are `explore`'s. */
  exploreMap: 0,
  exploreMosaic: 1,
  exploreUnits: 2,
  exploreFeatureMaps: 3,
  exploreSaliency: 4,
  digits: 5,
  /** The crops as the network sees them. */
  seen: 6,
  /** The same crops in another map. */
  other: 7,
  mosaic: 8,
  units: 9,
  network: 10,
  earlyMap: 11,
  earlyMosaic: 12,
  earlyUnits: 13,
} as const;
