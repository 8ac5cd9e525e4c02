import type { Job } from "../../compute/job.ts";

export type NumericArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>;

/** Numbers that may still lie elsewhere (in the kernel, packed in an exported page) and are read when needed. */
export interface NumericSource {
  /** The same for the same content within a page: results and transfers are shared by it. */
  readonly key: string;
  readonly shape: readonly number[];
  /** Bytes that reading it moves; 0 where it is in the page already. */
  readonly bytes: number;
  read(job: Job): Promise<NumericArray>;
}

/** One string a row, read when needed. */
export interface TextSource {
  readonly key: string;
  readonly length: number;
  read(job: Job): Promise<readonly string[]>;
}

/** One picture a row, fetched only when it is seen. */
export interface ImageSource {
  readonly key: string;
  readonly length: number;
  /** The picture of one row, decoded; null where it can't be had (the kernel has gone). */
  get(row: number, job: Job): Promise<ImageBitmap | null>;
  /**
   * The pictures of some rows as they came, encoded or raw, in one pack (`picture-pack.ts`), to be decoded elsewhere;
   * those that can't be had are not in it. A picture that can only be drawn comes as its pixels. Where they are to fit a
   * square of `box` pixels, raw ones may come shrunk to that: to the bit as `makeThumbnails` would shrink them.
   *
   * @throws {ComputeError} kind "lost" when the kernel has gone.
   */
  pack(rows: readonly number[], job: Job, box?: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * About how many bytes a picture takes of the line that is to fit a square of `box` pixels, or as many as pass while it is
   * shrunk to that. Absent where nobody knows.
   */
  readonly bytesEach?: (box: number) => number;
  /** They come from the reader's own machine: nobody has to find out how fast the line is. */
  readonly isNear?: boolean;
  /**
   * A pack of the same pictures with a few pixels of each: what their colours are told by where pictures are long on their
   * way. Of encoded ones it has those that can be read where they are, if any: their mean colour, or with `isOfParts` those
   * of some parts, which a stain can be told by. Absent where nothing is on its way for long.
   *
   * @throws {ComputeError} kind "lost" when the kernel has gone.
   */
  readonly sample?: (rows: readonly number[], job: Job, isOfParts?: boolean) => Promise<Uint8Array<ArrayBuffer>>;
}

export function isNumericSource(value: unknown): value is NumericSource {
  return typeof value === "object" && value !== null && "shape" in value && "read" in value && "key" in value;
}

export function isTextSource(value: unknown): value is TextSource {
  return typeof value === "object" && value !== null && "length" in value && "read" in value && "key" in value;
}

export function isImageSource(value: unknown): value is ImageSource {
  return typeof value === "object" && value !== null && "length" in value && "get" in value && "key" in value;
}
