/**
 * How modules lie in a pack: one line of JSON, then the text of each as it is written there. A piece is so many bytes of
 * text, or the name of a module above, whose address belongs in that place.
 */
interface Contents {
  /** What the last module can't start without, itself among it: those are brought at once and side by side. */
  readonly first: readonly string[];
  readonly modules: Readonly<Record<string, readonly (number | string)[]>>;
}

const LINE_END = 10;

/**
 * Evaluate the last of several modules that import each other (`scripts/pack-modules.mjs` packs them). Those that it
 * imports by `import()` stay unread until then, which is why their Blob URLs are never given back.
 */
export async function importModules(pack: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const start = pack.indexOf(LINE_END) + 1;
  const { first, modules } = JSON.parse(new TextDecoder().decode(pack.subarray(0, start))) as Contents;
  const addresses = new Map<string, string>();
  let at = start;
  for (const [name, pieces] of Object.entries(modules)) {
    const text = pieces.map((piece) => {
      if (typeof piece === "string") return JSON.stringify(addresses.get(piece));
      at += piece;
      return pack.subarray(at - piece, at);
    });
    addresses.set(name, URL.createObjectURL(new Blob(text, { type: "text/javascript" })));
  }
  const coming = first.map((name) => import(/* @vite-ignore */ addresses.get(name) ?? ""));
  return (await Promise.all(coming)).at(-1);
}
