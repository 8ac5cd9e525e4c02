export interface PlantedUnits {
  readonly values: { readonly data: Float32Array<ArrayBuffer>; readonly shape: readonly [number, number] };
  readonly labels: readonly string[];
  readonly slides: readonly string[];
}

export interface PlantedOptions {
  /** Tiles of each slide. Default 30. */
  readonly tiles?: number;
  readonly units?: number;
  /** Default 3. */
  readonly classes?: number;
  /** Slides of each class. Default 4. */
  readonly slidesPerClass?: number;
  /** The unit that differs between classes, above all others. Default 3. */
  readonly planted?: number;
  /** What all values are multiplied by. Default 1. */
  readonly scale?: number;
  /** A unit that is high in half of the tiles of every slide, those of even numbers. Default 5. */
  readonly mixed?: number;
}

/**
 * Units that answer to nothing, but for two: `planted` differs between classes, `mixed` between tiles of even and odd
 * numbers. Values are above 0, those of a slide go together, and they are the same at every call.
 */
export function plantedUnits({
  tiles = 30,
  units = 12,
  classes = 3,
  slidesPerClass = 4,
  planted = 3,
  mixed = 5,
  scale = 1,
}: PlantedOptions = {}): PlantedUnits {
  let state = 11;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const bell = () => random() + random() + random() - 1.5;
  const rows = classes * slidesPerClass * tiles;
  const data = new Float32Array(rows * units);
  const labels: string[] = [];
  const slides: string[] = [];
  for (let slide = 0; slide < classes * slidesPerClass; slide++) {
    const group = slide % classes;
    const shifts = Float64Array.from({ length: units }, () => 0.2 * bell());
    for (let tile = 0; tile < tiles; tile++) {
      const row = slide * tiles + tile;
      labels.push(["adeno", "benign", "squamous", "other", "normal"][group] ?? `class ${group}`);
      slides.push(`slide ${String(slide).padStart(2, "0")}`);
      for (let unit = 0; unit < units; unit++) {
        const effect = unit === planted ? group : unit === mixed && row % 2 === 0 ? 1.5 : 0;
        data[row * units + unit] = scale * (2 + (shifts[unit] ?? 0) + 0.5 * bell() + effect);
      }
    }
  }
  return { values: { data, shape: [rows, units] }, labels, slides };
}
