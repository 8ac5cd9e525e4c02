/** A picture's numbers where they are no bytes. */
export type Numbers = Float32Array | Float64Array;

/** As `T`, in memory of its own. */
export type OwnNumbers<T extends Numbers> = T extends Float32Array
  ? Float32Array<ArrayBuffer>
  : Float64Array<ArrayBuffer>;

/** Pixels across and down. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Numbers of double precision in the type that `like` has. */
export function roundedAs(like: Numbers, values: Float64Array<ArrayBuffer>): Numbers {
  return like instanceof Float32Array ? new Float32Array(values) : values;
}
