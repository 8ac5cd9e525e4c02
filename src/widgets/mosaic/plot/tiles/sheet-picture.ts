/** A picture in a sheet that it may share with others of its width, one below the other: one object for all their pixels. */
export interface SheetPicture {
  readonly sheet: ImageData;
  /** Its first line in the sheet. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Red, green, blue and opacity of each pixel, not copied. */
export function pixelsOfPicture({ sheet, top, width, height }: SheetPicture): Uint8ClampedArray {
  return sheet.data.subarray(4 * width * top, 4 * width * (top + height));
}

/** Put a picture on a canvas. */
export function putPicture(
  context: OffscreenCanvasRenderingContext2D,
  { sheet, top, width, height }: SheetPicture,
  left: number,
  y: number,
): void {
  context.putImageData(sheet, left, y - top, 0, top, width, height);
}
