import type { Job } from "../../compute/job.ts";
import { readPicturePack, writePicturePack } from "./picture-pack.ts";
import type { ImageSource, NumericArray, NumericSource } from "./sources.ts";

/**
 * Tables of the same columns, one below the other, as one in single precision. Each part keeps its own key and
 * transfer: rows that are on the page already are not brought again.
 */
export function joinTables(parts: readonly NumericSource[]): NumericSource {
  const rows = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  return {
    key: parts.map(({ key }) => key).join("."),
    // Those of activations are known once they are read.
    get shape() {
      return [rows, ...(parts[0]?.shape.slice(1) ?? [])];
    },
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    async read(job: Job) {
      const tables: NumericArray[] = [];
      for (const part of parts) tables.push(await part.read(job));
      const joined = new Float32Array(tables.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const numbers of tables) {
        joined.set(numbers, at);
        at += numbers.length;
      }
      return joined;
    },
  };
}

/** Pictures of `first` rows, then of `added` rows more; null where rows have none. */
export function joinPictures(
  [before, first]: readonly [ImageSource | null, number],
  [after, added]: readonly [ImageSource | null, number],
): ImageSource | null {
  if (!before && !after) return null;
  return {
    key: `${before?.key ?? ""}.${after?.key ?? ""}`,
    length: first + added,
    get: async (row, job) => (await (row < first ? before?.get(row, job) : after?.get(row - first, job))) ?? null,
    async pack(rows, job, box) {
      const ofFirst = rows.filter((row) => row < first);
      const ofAdded = rows.filter((row) => row >= first);
      const parts = [await packedRows(before, ofFirst, 0, job, box), await packedRows(after, ofAdded, first, job, box)];
      return writePicturePack(parts.flat());
    },
  };
}

/** Pictures of a part whose first row is row `first` of the whole, under their numbers there. */
async function packedRows(part: ImageSource | null, rows: readonly number[], first: number, job: Job, box?: number) {
  if (!part || rows.length === 0) return [];
  const own = rows.map((row) => row - first);
  const { pictures, bytes } = readPicturePack(await part.pack(own, job, box));
  return pictures.map((picture) => ({
    picture: { ...picture, row: picture.row + first },
    bytes: bytes.subarray(picture.offset, picture.offset + picture.length),
  }));
}
