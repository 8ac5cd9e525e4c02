import { ComputeError } from "../compute/errors.ts";
import { type InlinePicture, pictureListSource } from "../widgets/host/inline-pictures.ts";
import { listSource, type ShapedNumbers, sourceOf } from "../widgets/host/inline-sources.ts";
import { newId } from "../widgets/host/new-id.ts";
import { writePicturePack } from "../widgets/host/picture-pack.ts";
import { pictureSource } from "../widgets/host/picture-source.ts";
import { type ImageSource, isImageSource, isNumericSource, type NumericSource } from "../widgets/host/sources.ts";
import type { ModelPictures } from "../widgets/models/page-model.ts";
import { areShapedPictures, stackPictures } from "./stack-pictures.ts";

/**
 * Pictures for a model: a list of pictures, each drawable, encoded or `{data, shape: [height, width, channels]}`; or all in
 * one as `{data, shape: [n, height, width, channels]}`. Bytes (Uint8Array, Uint8ClampedArray) are pixels from 0 to 255 and
 * are prepared, other numbers are taken as the model's input as they are.
 */
export type ModelImages = readonly InlinePicture[] | readonly ShapedNumbers[] | ShapedNumbers;

interface Known {
  readonly pictures: readonly unknown[];
  readonly source: ModelPictures;
}

/** Lists that were given before: the same pictures through the same model are run once. */
const known = new WeakMap<object, Known>();

/** @throws {ComputeError} "input" for what are no pictures. */
export function modelPictures(images: ModelImages): ModelPictures {
  if (isImageSource(images) || isNumericSource(images)) return images;
  if (isList(images)) return listedPictures(images);
  if (typeof images !== "object" || images === null || !("shape" in images))
    throw new ComputeError(
      "input",
      "images are no pictures.",
      "Pass an array of pictures, or {data, shape: [n, height, width, channels]}.",
    );
  const { data, shape } = images;
  const expected = shape.reduce((product, length) => product * length, 1);
  if (data.length !== expected)
    throw new ComputeError(
      "input",
      `images hold ${data.length} numbers; their shape ${shape.join(" × ")} needs ${expected}.`,
      "Give the shape as [n, height, width, channels].",
    );
  return data instanceof Uint8Array || data instanceof Uint8ClampedArray
    ? pixels(data, shape)
    : shapedSource({ data, shape });
}

function isList(images: ModelImages): images is readonly InlinePicture[] | readonly ShapedNumbers[] {
  return Array.isArray(images);
}

function listedPictures(pictures: readonly InlinePicture[] | readonly ShapedNumbers[]): ModelPictures {
  const before = known.get(pictures);
  const isSame =
    before?.pictures.length === pictures.length && pictures.every((each, at) => before.pictures[at] === each);
  if (before && isSame) return before.source;
  const source = areShapedPictures(pictures)
    ? modelPictures(stackPictures(pictures))
    : pictureListSource([...(pictures as readonly InlinePicture[])]);
  known.set(pictures, { pictures: [...pictures], source });
  return source;
}

/** Numbers with their shape, as the page reads them: those that are single precision are not copied. */
export function shapedSource({ data, shape }: ShapedNumbers): NumericSource {
  if (data instanceof Float32Array && data.buffer instanceof ArrayBuffer)
    return sourceOf(data as Float32Array<ArrayBuffer>, shape);
  const singles = listSource(data);
  return { ...singles, key: `${singles.key}-${shape.join("x")}`, shape };
}

function pixels(data: Uint8Array | Uint8ClampedArray, shape: readonly number[]): ImageSource {
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  if (shape.length < 3 || shape.length > 4 || ![1, 3, 4].includes(channels))
    throw new ComputeError(
      "input",
      `images of the shape ${shape.join(" × ")} are no pictures.`,
      "Pass [n, height, width, channels] with 1, 3 or 4 channels.",
    );
  const size = width * height * channels;
  return pictureSource(newId(), count, async (rows) =>
    writePicturePack(
      rows.map((row) => ({
        picture: { row, width, height, channels },
        bytes: new Uint8Array(data.subarray(row * size, (row + 1) * size)),
      })),
    ),
  );
}
