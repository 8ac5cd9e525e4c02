/** What a file that is no ONNX model looks like, and what to do then. */
export interface Look {
  /** With its article: "a zip archive". */
  readonly what: string;
  readonly remedy: string;
}

const EXPORT = "Give an .onnx file: in PyTorch, torch.onnx.export(model, example, 'model.onnx') writes one.";
const KERAS = "Give it under its own name, ending in .keras, .h5 or .hdf5.";
const ITSELF = "Give the .onnx file itself.";
const DECRYPT = "Decrypt it first.";
const UNPACK = "Unpack it and give the .onnx file inside.";

/** What files have at a byte near their beginning. */
const MARKS: readonly (readonly [number, string, Look])[] = [
  [0, "\x89HDF\r\n\x1a\n", { what: "HDF5, which Keras writes", remedy: KERAS }],
  [0, "\x1f\x8b", { what: "a gzip archive", remedy: UNPACK }],
  [0, "7z\xbc\xaf", { what: "a 7z archive", remedy: UNPACK }],
  [0, "Rar!", { what: "a RAR archive", remedy: UNPACK }],
  [
    0,
    "version https://git-lfs",
    { what: "a pointer of Git LFS, not the file it stands for", remedy: "Run git lfs pull." },
  ],
  [0, "\x89PNG", { what: "a PNG picture", remedy: ITSELF }],
  [0, "\xff\xd8\xff", { what: "a JPEG picture", remedy: ITSELF }],
  [0, "%PDF", { what: "a PDF document", remedy: ITSELF }],
  [0, "\x93NUMPY", { what: "a NumPy array", remedy: ITSELF }],
  [0, "GGUF", { what: "GGUF, a format of language models", remedy: EXPORT }],
  [0, "Salted__", { what: "a file that OpenSSL has encrypted", remedy: DECRYPT }],
  [0, "-----BEGIN PGP MESSAGE", { what: "a file that PGP has encrypted", remedy: DECRYPT }],
  [0, "age-encryption.org/", { what: "a file that age has encrypted", remedy: DECRYPT }],
  [4, "ORTM", { what: "ONNX Runtime's own format (.ort)", remedy: "Give the .onnx file that it was made from." }],
  [4, "TFL3", { what: "TensorFlow Lite", remedy: "Give the Keras file that it was made from." }],
  [8, '{"', { what: "safetensors: weights without a graph", remedy: EXPORT }],
  ...["\x02", "\x03", "\x04", "\x05"].map(
    (protocol) =>
      [
        0,
        `\x80${protocol}`,
        { what: "a pickle of Python, as older PyTorch files (.pt, .pth) are", remedy: EXPORT },
      ] as const,
  ),
];

/** What a file plainly is instead of an ONNX model, by how it begins; null when it may be one. */
export function lookOfFile(bytes: Uint8Array): Look | null {
  if (bytes.length === 0) return { what: "an empty file", remedy: "Copy or download it again." };
  const start = lettersOf(bytes.subarray(0, 512));
  const marked = MARKS.find(([at, mark]) => start.startsWith(mark, at));
  if (marked) return marked[2];
  if (start.startsWith("PK\x03\x04")) return archiveLook(bytes);
  if (bytes.every((byte) => byte === 0)) return { what: "nothing but zeros", remedy: "Copy or download it again." };
  return textLook(start);
}

/** Whether bytes are as even as chance makes them, which a model's first are not: they have names and small numbers. */
export function looksEncrypted(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 4096);
  if (start.length < 4096) return false;
  const counts = new Uint32Array(256);
  for (const byte of start) counts[byte] = (counts[byte] ?? 0) + 1;
  const bits = counts.reduce((sum, count) => (count ? sum - (count / 4096) * Math.log2(count / 4096) : sum), 0);
  return bits > 7.8;
}

function lettersOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Names of entries stand in a zip archive as they are. */
function archiveLook(bytes: Uint8Array): Look {
  const names = lettersOf(bytes.subarray(0, 4096)) + lettersOf(bytes.subarray(-4096));
  if (names.includes("model.weights.h5") || names.includes("metadata.json"))
    return { what: "a Keras file (.keras)", remedy: KERAS };
  if (names.includes("data.pkl") || names.includes("/code/"))
    return { what: "a PyTorch file (.pt, .pth)", remedy: EXPORT };
  return { what: "a zip archive", remedy: UNPACK };
}

/** A model's first bytes are numbers below 32, text has none but tabs and line ends. */
function textLook(start: string): Look | null {
  if (/^(\xef\xbb\xbf)?\s*<(!doctype|html|head|\?xml)/i.test(start))
    return { what: "a page of the web, perhaps one that asks for a login", remedy: "Download the file itself." };
  const isText = start.length >= 4 && ![...start].some((letter) => letter < " " && !"\t\r\n\f".includes(letter));
  if (!isText) return null;
  if (/^\s*[{[]/.test(start)) return { what: "JSON", remedy: ITSELF };
  return { what: "text", remedy: ITSELF };
}
