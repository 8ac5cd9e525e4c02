import { ComputeError } from "../../../errors.ts";

/** What a file that Keras didn't write is, and what to do with it; null where nothing here knows it. */
interface ForeignFormat {
  readonly is: (file: { name: string; bytes: Uint8Array; inside: readonly string[] }) => boolean;
  readonly what: string;
  readonly remedy: string;
}

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((letter, place) => bytes[at + place] === letter.charCodeAt(0));

const FROM_TENSORFLOW = 'Save it from Keras with model.save("name.keras"), or convert it to ONNX with tf2onnx.';
const FROM_TORCH = "Export the model with torch.onnx.export.";

const FORMATS: readonly ForeignFormat[] = [
  {
    is: ({ bytes }) => startsWith(bytes, "TFL3", 4),
    what: "a TensorFlow Lite model, whose weights are mostly quantised",
    remedy: "Give the Keras model that it was made from.",
  },
  {
    is: ({ name, inside }) =>
      /(^|\/)saved_model\.pb(txt)?$|\.data-\d{5}-of-\d{5}$|(^|\/)(keras_metadata|fingerprint)\.pb$/.test(name) ||
      inside.some((one) => /(^|\/)saved_model\.pb(txt)?$/.test(one)),
    what: "part of a TensorFlow SavedModel, which has no Keras architecture",
    remedy: FROM_TENSORFLOW,
  },
  {
    is: ({ name }) => /\.(pb|pbtxt|ckpt|meta|index)$/.test(name),
    what: "a TensorFlow graph or checkpoint, which has no Keras architecture",
    remedy: FROM_TENSORFLOW,
  },
  {
    is: ({ inside }) => inside.some((one) => /(^|\/)data\.pkl$/.test(one)),
    what: "a file of PyTorch, which holds weights and no model that can be read without Python",
    remedy: FROM_TORCH,
  },
  {
    is: ({ bytes }) => bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5,
    what: "a pickle of Python, which is a program and not read here",
    remedy: FROM_TORCH,
  },
  {
    is: ({ name, bytes }) => name.endsWith(".safetensors") || (startsWith(bytes, '{"', 8) && bytes[7] === 0),
    what: "a file of safetensors, which holds weights without the model",
    remedy: 'Export the model to ONNX, or save it from Keras with model.save("name.keras").',
  },
  {
    is: ({ inside }) => inside.some((one) => one.endsWith(".npy")),
    what: "a file of NumPy arrays, which holds weights without the model",
    remedy: 'Save both from Keras with model.save("name.keras").',
  },
];

/** Why a file is not read, by the name of what it is. `inside` names the files in it where it is a zip. */
export function refuseFormat(name: string, bytes: Uint8Array, inside: readonly string[]): ComputeError {
  const found = FORMATS.find((format) => format.is({ name, bytes, inside }));
  return found === undefined
    ? new ComputeError("input", `${name} is no Keras model.`, "Give a .keras or .h5 file that model.save wrote.")
    : new ComputeError("input", `${name} is ${found.what}.`, found.remedy);
}
