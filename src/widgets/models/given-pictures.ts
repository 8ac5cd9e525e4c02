import { pictureListSource } from "../host/inline-pictures.ts";
import type { ImageSource } from "../host/sources.ts";

/** Pictures that a reader gives in the page (dropped, pasted, picked or taken), as the ones that a caller passes. */
export function givenPictures(pictures: readonly (Blob | ImageBitmap)[]): ImageSource {
  return pictureListSource(pictures);
}
