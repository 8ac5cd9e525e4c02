import type { HostServices } from "../host/contract.ts";
import type { Coloring } from "../rows/coloring.ts";
import type { Layout } from "./layout.ts";
import { saveMapPicture } from "./saved-map.ts";

/** The picture that a saved notebook has of a map: handed over whenever it is another one. */
export class KeptPicture {
  #last: readonly unknown[] = [];

  constructor(readonly host: Pick<HostServices, "keep">) {}

  /** @param coloring What the caller asked for: a notebook keeps nothing that is lent for a while. */
  keep(layout: Layout | null, coloring: Coloring | null, caption: string): void {
    const next = [layout, coloring, caption];
    if (next.every((part, at) => part === this.#last[at])) return;
    const picture = saveMapPicture(layout, coloring, caption);
    if (!picture) return;
    this.#last = next;
    this.host.keep(picture);
  }
}
