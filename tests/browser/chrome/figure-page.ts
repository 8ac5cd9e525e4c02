import { figureToPng } from "../../../src/widgets/export/to-png.ts";
import { sampleFigure } from "../../support/sample-figure.ts";

window.savePng = async (background, dpi) => [...(await figureToPng(sampleFigure(background), dpi))];

declare global {
  interface Window {
    /** The sample figure as the bytes of a PNG file. */
    savePng(background: string | null, dpi?: number): Promise<number[]>;
  }
}
