/** Tiles as wide as this are framed in the colour of their class, smaller ones tinted, CSS pixels. */
export const FRAMED_FROM = 16;
/** Of the frame, and between it and its picture, CSS pixels. */
export const FRAME = 2;
export const GAP = 1;
/** The opacity of a tint. */
export const TINT = 0.25;
