// Checks for the labs: each takes an answer, and says whether it is right and, if not, what is wrong with it. In words
// they are those of ../../labs/lab_checks.py.

const SIDE = 150;
const FIRST_SIDE = 148;
const CLOSE = 1e-4;
const NETWORK = "lab-network.h5";

/** Of the network's first eight layers: how many pictures each answers with. */
const PICTURES = {
  conv2d_1: 32,
  max_pooling2d_1: 32,
  conv2d_2: 64,
  max_pooling2d_2: 64,
  conv2d_3: 128,
  max_pooling2d_3: 128,
  conv2d_4: 128,
  max_pooling2d_4: 128,
};
const ALL = Object.values(PICTURES).reduce((sum, count) => sum + count, 0);

/** Task 1: the network, loaded. */
export function checkModel(answer) {
  if (isMissing(answer)) return missing("Return Model.load(…) of the file.");
  if (typeof answer === "string")
    return wrong("This is the name of a file. Pass it to Model.load(…), and it becomes a model.");
  if (answer.name !== NETWORK) return wrong(`This is no model of ${NETWORK}, but ${answer.name ?? typeof answer}.`);
  return right("The network is loaded; the page has read its file.");
}

/** Task 2: the parameters of the second convolution. */
export function checkParameters(answer) {
  if (isMissing(answer)) return missing("Return a number.");
  if (typeof answer !== "number") return wrong(`A number is wanted; this is ${kind(answer)}.`);
  const weights = 3 * 3 * 32 * 64;
  const biases = 64;
  if (answer === weights + biases) return right("64 filters, each with 3 · 3 · 32 weights and a bias.");
  if (answer === weights)
    return wrong("These are all the weights. Each of the 64 filters has one more number: its bias.");
  if (answer === 3 * 3 * 64 || answer === 3 * 3 * 64 + biases)
    return wrong("A filter looks at all 32 pictures of the layer before, not at one: it needs 3 · 3 weights for each.");
  if (answer === 3 * 3 * 32 + 1) return wrong("So many has one filter. The layer has 64 of them.");
  return wrong(`${written(answer)} it isn't. Count what one filter needs, then how many filters there are.`);
}

/** Task 3: a picture's side after a convolution. */
export function checkConvolution(afterConvolution) {
  for (const side of [150, 74, 36, 17, 9]) {
    const answer = afterConvolution(side);
    const called = `Of a side of ${side} it makes ${answer}.`;
    if (isMissing(answer)) return missing("Return a number.");
    if (answer === side) return wrong(`${called} A window of 3 can't begin at the last two pixels.`);
    if (answer !== side - 2) return wrong(`${called} Count at how many places a window of 3 fits in.`);
  }
  return right("150 → 148: the window has two places less than there are pixels.");
}

/** Task 3: and after a pooling. */
export function checkPooling(afterPooling) {
  for (const side of [148, 72, 34, 15, 7]) {
    const answer = afterPooling(side);
    const called = `Of a side of ${side} it makes ${answer}.`;
    if (isMissing(answer)) return missing("Return a number.");
    if (answer === side / 2 && side % 2) return wrong(`${called} There is no half place: what is left over is dropped.`);
    if (answer !== Math.floor(side / 2)) return wrong(`${called} Each place of the answer stands for 2 of the picture.`);
  }
  return right("150 → 148 → 74 → 72 → 36 → 34 → 17 → 15 → 7.");
}

/** Task 4: how many pictures each of the first eight layers answers with. */
export function checkPictures(answer) {
  if (isMissing(answer) || (isPlain(answer) && Object.keys(answer).length === 0))
    return missing("Fill the object: the name of each layer, and how many pictures it answers with.");
  if (!isPlain(answer)) return wrong(`An object is wanted; this is ${kind(answer)}.`);
  const lacking = Object.keys(PICTURES).find((name) => !(name in answer));
  if (lacking) return wrong(`${lacking} is not among them. The first eight layers are wanted.`);
  const extra = Object.keys(answer).find((name) => !(name in PICTURES));
  if (extra) return wrong(`${extra} is one too many. After the eighth layer there are no pictures any more.`);
  for (const [name, count] of Object.entries(PICTURES)) {
    const given = answer[name];
    if (typeof given !== "number") return wrong(`For ${name} a number is wanted; this is ${kind(given)}.`);
    if (given !== count)
      return wrong(`${name} does not answer with ${written(given)} pictures. Of its shape, take the last number.`);
  }
  return right(`${ALL} pictures in all. A layer has as many as it has filters; pooling keeps them.`);
}

/** Task 5: a picture as the network takes it; `pixels` are the picture's, resized, four bytes each. */
export function checkTensor(answer, pixels) {
  if (isMissing(answer)) return missing("Return a Float32Array.");
  if (answer instanceof Uint8Array || answer instanceof Uint8ClampedArray)
    return wrong("Its numbers are bytes. Make a Float32Array before you divide.");
  if (!(answer instanceof Float32Array)) return wrong(`A Float32Array is wanted; this is ${kind(answer)}.`);
  const count = SIDE * SIDE;
  if (answer.length === 4 * count)
    return wrong("Four numbers for a pixel: the fourth says how opaque it is. The network takes three colours.");
  if (answer.length !== 3 * count)
    return wrong(`It has ${written(answer.length)} numbers; 150 × 150 × 3 are wanted: rows, columns, colours.`);
  const [low, high] = rangeOf(answer);
  if (high > 1) return wrong(`Its values go up to ${brief(high)}. The network was trained on values from 0 to 1.`);
  const isSame = (order) => {
    for (let pixel = 0; pixel < count; pixel++)
      for (let colour = 0; colour < 3; colour++)
        if (Math.abs((answer[3 * pixel + order[colour]] ?? 0) - pixels[4 * pixel + colour] / 255) > 1e-6) return false;
    return true;
  };
  if (!isSame([0, 1, 2])) {
    if (isSame([2, 1, 0])) return wrong("Red and blue have changed places.");
    return wrong("The length is right, the numbers are others. Of each pixel take red, green and blue, divided by 255.");
  }
  return right(`1 × 150 × 150 × 3, float32, from ${brief(low)} to ${brief(high)}.`);
}

/** Task 6: the channel of a layer that answers most strongly, by its mean; `maps` has channel after channel. */
export function checkChannel(answer, maps, channels) {
  if (isMissing(answer)) return missing("Return the channel's number.");
  if (typeof answer !== "number") return wrong(`A number is wanted; this is ${kind(answer)}.`);
  const means = new Float64Array(channels);
  for (let at = 0; at < maps.length; at++) means[Math.floor((at * channels) / maps.length)] += (maps[at] * channels) / maps.length;
  const best = means.indexOf(Math.max(...means));
  if (answer === best) return right(`Channel ${best}: its mean is ${brief(means[best])}.`);
  if (answer === best + 1) return wrong("Channels are counted from 0.");
  const mean = means[answer];
  if (mean === undefined)
    return wrong(`There is no channel ${written(answer)}: they go from 0 to ${channels - 1}.`);
  return wrong(`The mean of channel ${written(answer)} is ${brief(mean)}; another one has a larger one.`);
}

/** Task 7: pixels of the first layer, by row, column and channel. */
export function checkPixel(pixel, tensor, { kernel, bias }) {
  const next = uniform(7);
  const pick = (low, high) => low + Math.floor(next() * (high - low));
  let below = 0;
  let zero = "";
  for (let time = 0; time < 200; time++) {
    const [row, column, channel] = [pick(1, FIRST_SIDE), pick(1, FIRST_SIDE), pick(0, bias.length)];
    const called = `Row ${row}, column ${column}, channel ${channel}`;
    const answer = pixel(row, column, channel);
    if (isMissing(answer)) return missing("Return a number.");
    if (typeof answer !== "number")
      return wrong(`${called}: ${kind(answer)}; a number is wanted. Add all the products up.`);
    const products = (top, left) => {
      let sum = 0;
      for (let y = 0; y < 3; y++)
        for (let x = 0; x < 3; x++)
          for (let colour = 0; colour < 3; colour++)
            sum += tensor[3 * (SIDE * (top + y) + left + x) + colour] * kernel[y][x][colour][channel];
      return sum;
    };
    const [total, offset] = [products(row, column), bias[channel]];
    const isNear = (value) => Math.abs(answer - value) < CLOSE;
    if (total + offset < 0) below++;
    if (isNear(Math.max(total + offset, 0))) continue;
    if (answer === 0) {
      // Every mistake gives it somewhere: other places tell which it is.
      zero = called;
      continue;
    }
    if (isNear(total + offset))
      return wrong(`${called}: ${brief(answer)}. The layer's activation makes 0 of what is below 0.`);
    if (isNear(total) || isNear(Math.max(total, 0)))
      return wrong(`${called}: ${brief(answer)}, the sum of the products. Add the filter's bias to it.`);
    if (isNear(Math.max(products(row - 1, column - 1) + offset, 0)))
      return wrong(`The window begins at row ${row} and column ${column}; yours has them in its middle.`);
    return wrong(`${called}: ${brief(answer)}. Multiply window and filter number by number, and add everything up.`);
  }
  if (zero) return wrong(`${zero}: 0, but it is more. Multiply window and filter number by number, and add everything up.`);
  return right(`200 places tried, ${below} of them below 0 before the activation: this is all that a convolution does.`);
}

/** Task 8: a channel's numbers as bytes of a picture. */
export function checkStretch(stretch) {
  const next = uniform(8);
  const channel = Float32Array.from({ length: 289 }, () => -Math.log(1 - next()));
  const answer = stretch(channel);
  if (isMissing(answer)) return missing("Return the bytes.");
  if (!(ArrayBuffer.isView(answer) || Array.isArray(answer)) || answer.length !== channel.length)
    return wrong("This is no array of the channel's own length.");
  if (!(answer instanceof Uint8Array || answer instanceof Uint8ClampedArray))
    return wrong("The pictures' numbers are no bytes. End with a Uint8Array.");
  const mean = channel.reduce((sum, value) => sum + value, 0) / channel.length;
  const deviation = Math.sqrt(channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channel.length);
  const scaled = channel.map((value) => ((value - mean) / deviation) * 64 + 128);
  const isOff = scaled.some((value, at) => Math.abs(Math.floor(Math.min(255, Math.max(0, value))) - answer[at]) > 1);
  if (isOff && Uint8Array.from(scaled).every((value, at) => Math.abs(value - answer[at]) <= 1))
    return wrong("Values over 255 have come round to black. Clip to 0 … 255 before you make bytes of them.");
  if (isOff) return wrong("The bytes are others: (channel - mean) / deviation · 64 + 128, then clip.");
  for (const value of [0.5, 0]) {
    const flat = stretch(new Float32Array(16).fill(value));
    if (!flat.every((byte) => byte === 128))
      return wrong(
        "Of a channel that is the same everywhere, the deviation is 0. Don't divide by it: give 128 everywhere.",
      );
  }
  return right("Mean 128, and two deviations to either side of it.");
}

/** Task 9: the figure's bytes. */
export function checkPdf(bytes) {
  if (isMissing(bytes)) return missing("Return what the grid saves.");
  const text = new TextDecoder("latin1").decode(bytes);
  if (!text.startsWith("%PDF-")) return wrong('This is no PDF. Ask the grid for "pdf".');
  const count = text.match(/\/Subtype\s*\/Image\b/g)?.length ?? 0;
  if (count < ALL) return wrong(`It has ${count} of ${ALL} pictures. The grid should show the first 8 layers.`);
  return right(`All ${ALL} pictures, in ${(bytes.length / 1e6).toFixed(1)} MB.`);
}

const right = (sentence) => ({ right: true, sentence: `✓ Right. ${sentence}` });
const wrong = (sentence) => ({ right: false, sentence: `✗ Not yet. ${sentence}` });
const missing = (sentence) => ({ right: null, sentence: `Not answered yet. ${sentence}` });

const isMissing = (answer) => answer === undefined || answer === null;
const isPlain = (answer) => Object.prototype.toString.call(answer) === "[object Object]";
const brief = (value) => String(Number(value.toPrecision(3)));
const written = (value) => (Number.isInteger(value) ? value.toLocaleString("en") : brief(value));

function kind(answer) {
  if (typeof answer === "string") return "a text";
  if (Array.isArray(answer)) return "a list";
  return ArrayBuffer.isView(answer) ? "an array" : `a ${typeof answer}`;
}

function rangeOf(values) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/** Uniform numbers in [0, 1), the same every time (Lehmer 1951). */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
