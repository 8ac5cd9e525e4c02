// A picture's pixels, and a picture beside the tensor that is made of it.

/** Read a picture's file, an attachment, into pixels: four bytes each, with its width and height. */
export async function readPixels(file) {
  const bitmap = await createImageBitmap(await file.blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** The same picture with `side` pixels a side: of each the nearest of the picture, as Pillow's and Keras' "nearest". */
export function resize({ data, width, height }, side) {
  const resized = new ImageData(side, side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const from = 4 * (Math.floor(((y + 0.5) * height) / side) * width + Math.floor(((x + 0.5) * width) / side));
      resized.data.set(data.subarray(from, from + 4), 4 * (y * side + x));
    }
  return resized;
}

/** A picture's pixels beside a tensor of values from 0 to 1, each with shape, dtype and range. */
export function sideBySide(picture, tensor, side) {
  const drawn = new ImageData(side, side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let colour = 0; colour < 3; colour++) drawn.data[4 * pixel + colour] = tensor[3 * pixel + colour] * 255;
    drawn.data[4 * pixel + 3] = 255;
  }
  const row = document.createElement("div");
  row.className = "lab-pictures";
  row.append(
    figure("the picture", picture, `${picture.height} × ${picture.width} × 3`, "uint8", colours(picture.data)),
    figure("the tensor", drawn, `1 × ${side} × ${side} × 3`, "float32", tensor),
  );
  return row;
}

function figure(name, pixels, shape, dtype, values) {
  const canvas = Object.assign(document.createElement("canvas"), { width: pixels.width, height: pixels.height });
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  const caption = document.createElement("figcaption");
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const round = (value) => Number(value.toPrecision(3));
  caption.textContent = `${name}: ${shape}, ${dtype}, from ${round(low)} to ${round(high)}`;
  const figure = document.createElement("figure");
  figure.append(canvas, caption);
  return figure;
}

const colours = (data) => data.filter((_, at) => at % 4 < 3);
