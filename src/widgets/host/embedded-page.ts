import { gunzip } from "./gunzip.ts";

const KEY = Symbol.for("layerscope.embedded");

/** What an exported page carries in itself: bytes by content key. */
export interface EmbeddedPage {
  has(key: string): boolean;
  /** The bytes, unpacked. */
  read(key: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** The page's own blocks; undefined in every page that was not exported. */
export function embeddedPage(): EmbeddedPage | undefined {
  return (globalThis as { [KEY]?: EmbeddedPage })[KEY];
}

/**
 * Offer the blocks of this document: `<script type="text/plain" id="ls-KEY">` with gzip in base64. A data URL is
 * decoded by the browser itself: 9 MB in half a second, and the page's policy allows it.
 */
export function embedPage(document: Document): EmbeddedPage {
  const block = (key: string) => document.getElementById(`ls-${key}`);
  const page: EmbeddedPage = {
    has: (key) => block(key) !== null,
    async read(key) {
      const text = block(key)?.textContent;
      if (!text) throw new Error(`This page lacks a part of itself: ${key}.`);
      const packed = await (await fetch(`data:application/octet-stream;base64,${text.trim()}`)).arrayBuffer();
      return await gunzip(new Uint8Array(packed));
    },
  };
  (globalThis as { [KEY]?: EmbeddedPage })[KEY] = page;
  return page;
}
