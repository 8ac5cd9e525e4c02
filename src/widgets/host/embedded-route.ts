import { embeddedPage } from "./embedded-page.ts";
import type { ByteRoute } from "./transfer.ts";

/** The way to the bytes of a key: from the page itself where it carries them, else the one that is given. */
export function embeddedRoute(key: string, route: ByteRoute): ByteRoute {
  const page = embeddedPage();
  if (!page?.has(key)) return route;
  let whole: Promise<Uint8Array<ArrayBuffer>> | undefined;
  return {
    ended: false,
    async fetch(_, offset, length) {
      whole ??= page.read(key);
      return (await whole).subarray(offset, offset + length);
    },
  };
}
