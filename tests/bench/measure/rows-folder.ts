import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Matrix } from "../../../src/compute/matrix.ts";

/** Rows in a file that other programs can read: single precision, row after row. */
export interface RowsFile {
  readonly path: string;
  readonly shape: readonly [rows: number, columns: number];
}

/** A folder for what contenders hand to each other; goes away at the end of its scope. */
export class RowsFolder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async make(): Promise<RowsFolder> {
    return new RowsFolder(await mkdtemp(join(tmpdir(), "layerscope-bench-")));
  }

  async write(name: string, { data, rows, columns }: Matrix): Promise<RowsFile> {
    const path = join(this.path, `${name}.bin`);
    await writeFile(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { path, shape: [rows, columns] };
  }

  async read({ path, shape: [rows, columns] }: RowsFile): Promise<Matrix> {
    const { buffer } = Uint8Array.from(await readFile(path));
    return { data: new Float32Array(buffer), rows, columns };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}
