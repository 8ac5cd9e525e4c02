import { ComputeError } from "../../errors.ts";
import { pictureInput } from "../../model/engine/model-inputs.ts";
import type { OpenModel } from "../../model/engine/open-model.ts";
import { pictureSides } from "../../model/engine/picture-sides.ts";
import type { PictureShape } from "../differentiable.ts";

/**
 * How the pictures of a model lie.
 *
 * @throws ComputeError "input" where it takes none.
 */
export function pictureShape({ model, inputs }: Pick<OpenModel, "model" | "inputs">): PictureShape {
  const { dims } = pictureInput(model.name, inputs);
  if (dims.length === 3 || dims.length === 2) return pictureSides(model.format, dims);
  throw new ComputeError(
    "input",
    `${model.name} takes (${dims.join(", ")}), and no pictures.`,
    "Saliency maps are of models that take height × width × channels, or channels first.",
  );
}
