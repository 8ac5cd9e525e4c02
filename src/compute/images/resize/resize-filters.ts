/** How a picture is resized; the names are Pillow's and Keras'. */
export type ResizeFilter = "nearest" | "bilinear" | "bicubic" | "lanczos";

/** A filter's weight at a distance, in pixels of the coarser picture, and the distance from which on it is 0. */
export interface Filter {
  readonly support: number;
  weight(distance: number): number;
}

/** The steepness of Keys' cubic (IEEE ASSP 29, 1981), as Pillow has it. */
const STEEPNESS = -0.5;

export const FILTERS: Readonly<Record<Exclude<ResizeFilter, "nearest">, Filter>> = {
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  bicubic: { support: 2, weight: cubic },
  lanczos: { support: 3, weight: (distance) => (Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0) },
};

function cubic(signed: number): number {
  const distance = Math.abs(signed);
  if (distance < 1) return ((STEEPNESS + 2) * distance - (STEEPNESS + 3)) * distance * distance + 1;
  if (distance < 2) return (((distance - 5) * distance + 8) * distance - 4) * STEEPNESS;
  return 0;
}

function sinc(distance: number): number {
  if (distance === 0) return 1;
  const angle = distance * Math.PI;
  return Math.sin(angle) / angle;
}
