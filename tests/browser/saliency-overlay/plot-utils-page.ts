// A web page that shows pictures beside their maps, as an author writes it.

import { ComputeError } from "../../../src/compute/errors.ts";
import * as layerscope from "../../../src/index.ts";

/** Everything that is opened is to be let go of. */
let end: () => void = () => undefined;

export interface PlotUtilsPage {
  readonly plotUtils: typeof layerscope.plotUtils;
  /** Put an element on the page, in the place of the one before. */
  show<Element extends HTMLElement>(
    make: (invalidation: Promise<void>) => Element | Promise<Element>,
  ): Promise<Element>;
  /** The pictures in an SVG file: red, green and blue of each. */
  picturesIn(svg: Blob): Promise<readonly (readonly number[])[]>;
  /** "input: cause. remedy" of what is thrown; empty where nothing is. */
  refusal(work: () => unknown): Promise<string>;
}

globalThis.plotUtilsPage = {
  plotUtils: layerscope.plotUtils,
  async show(make) {
    end();
    const element = await make(
      new Promise((resolve) => {
        end = resolve;
      }),
    );
    document.getElementById("root")?.replaceChildren(element);
    return element;
  },
  async picturesIn(svg) {
    const addresses = [...(await svg.text()).matchAll(/href="(data:image\/png[^"]*)"/g)].map(([, address]) => address);
    return Promise.all(
      addresses.map(async (address = "") => {
        const bytes = Uint8Array.from(atob(address.split(",")[1] ?? ""), (letter) => letter.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes]));
        const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        context?.drawImage(picture, 0, 0);
        const { data } = context?.getImageData(0, 0, picture.width, picture.height) ?? { data: [] };
        return Array.from(data).filter((_, at) => at % 4 !== 3);
      }),
    );
  },
  async refusal(work) {
    try {
      await work();
      return "";
    } catch (thrown) {
      const { kind, message } = ComputeError.from(thrown);
      return `${kind}: ${message}`;
    }
  },
};

declare global {
  var plotUtilsPage: PlotUtilsPage;
}
