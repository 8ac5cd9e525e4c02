/** A file that a benchmark serves to its page, and how much of it comes at a request. */
export interface ServedFile {
  readonly address: string;
  readonly bytes: number;
  readonly piece: number;
}

/** All of a served file, in the page. */
export async function fetchServed({ address, bytes, piece }: ServedFile): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(bytes);
  for (let from = 0; from < bytes; from += piece)
    all.set(new Uint8Array(await (await fetch(`${address}?from=${from}`)).arrayBuffer()), from);
  return all;
}
