import { vi } from "vitest";

/** Put what keeps its pixels and size in the place of the browser's ImageData, until `vi.unstubAllGlobals`. */
export function stubImageData(): void {
  vi.stubGlobal(
    "ImageData",
    class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  );
}
