import { ComputeError } from "../../errors.ts";
import { NO_KERNEL, UNKNOWN, UNREGISTERED } from "./operator-refusals.ts";

/** A sentence of cause and one of remedy, of what the engine's message names; `name` is the model's file. */
type Words = (name: string, ...found: readonly string[]) => readonly [cause: string, remedy: string];

const OTHER_OPERATORS = "Export the model to other operators, or leave the layer out.";

/** What onnxruntime-web 1.30 says of files that it can't open or run, in the words of a reader. */
const KNOWN: readonly (readonly [pattern: RegExp, words: Words])[] = [
  [
    NO_KERNEL,
    (name, operator, version, node) => [
      `The engine has no kernel for ${operator} (version ${version}) at the node "${node}" of ${name}.`,
      OTHER_OPERATORS,
    ],
  ],
  [
    UNKNOWN,
    (name, operator, opset) => [
      `The engine does not know the operator ${operator} of opset ${opset}, which ${name} uses.`,
      OTHER_OPERATORS,
    ],
  ],
  [
    UNREGISTERED,
    (name, domain, operator) => [
      `The engine does not know the operator ${operator} of the domain "${domain}", which ${name} uses.`,
      OTHER_OPERATORS,
    ],
  ],
  [
    /Type '(?:tensor\()?(\w+)\)?' of input parameter \(.*?\) of operator \((\w+)\) in node \((.*?)\) is invalid/,
    (name, type, operator, node) => [
      `The engine's ${operator} takes no ${type}, which the node "${node}" of ${name} gives it.`,
      "Export the model in float32.",
    ],
  ],
  [
    /unsupported data type: (\d+)/,
    (name, type) => [
      `${name} answers with numbers of ONNX type ${type}, which can't be read here.`,
      "Take another layer, or export the model in float32.",
    ],
  ],
  [
    /Failed to load external data file "*(.*?)"*, error/,
    (name, file) => [`The weights of ${name} lie in ${file}, which is missing.`, `Give ${name} and ${file} together.`],
  ],
  [
    /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    (name, is, most) => [
      `${name} is of ONNX' IR version ${is}; the engine reads up to ${most}.`,
      "Export it with an older version of onnx.",
    ],
  ],
  [
    /Opset (\d+) is under development.*?for domain (\S+) is till opset (\d+)/s,
    (name, is, domain, most) => [
      `${name} is of opset ${is}; the engine knows ${domain} up to ${most}.`,
      `Export it with opset_version=${most}.`,
    ],
  ],
  [
    /Got invalid dimensions for input: (\S+) for the following indices\s*(.*?)\s*Please/s,
    (name, input, which) => [
      `The input "${input}" of ${name} has another shape (${which?.replace(/\s+/g, " ")}).`,
      "Give pictures of the shape that the model takes.",
    ],
  ],
  [
    /Invalid rank for input: (\S+) Got: (\d+) Expected: (\d+)/,
    (name, input, is, wanted) => [
      `The input "${input}" of ${name} has ${wanted} dimensions, not ${is}.`,
      "Give pictures of the shape that the model takes.",
    ],
  ],
  [
    /while running (\S+) node\. Name:'(.*?)'/,
    (name, operator, node) => [
      `${operator} "${node}" of ${name} could not be run on these pictures.`,
      "Check the pictures' size.",
    ],
  ],
  [
    /cannot be reshaped to the requested shape\. Input shape:(\{.*?\}), requested shape:(\{.*?\})/,
    (name, is, wanted) => [
      `${name} reshapes ${is} to ${wanted}, which does not fit.`,
      "It may be made for one picture at a time, or for pictures of another size.",
    ],
  ],
  [
    /protobuf parsing failed|This is an invalid model/,
    (name) => [`${name} is not a valid ONNX file.`, "Export it again, and check it with onnx.checker."],
  ],
  [
    /Can't create a session\. ERROR_CODE: \d+, ERROR_MESSAGE: (?:Exception during initialization: )?(.*)/s,
    (name, why = "") => [
      `The engine refuses ${name}: ${shortened(why)}.`,
      /\.onnx$/i.test(name) ? "Check the file with onnx.checker, or export it again." : "Export the model to ONNX.",
    ],
  ],
];

/** Where in its source the engine found something: its own marks, a place, and there a function with or without arguments. */
const PLACES =
  /^(?:\[ONNXRuntimeError\] : \d+ : \w+ : |\S+\.(?:cc|h):\d+ (?:(?:\w+ )?\w*::[^('"\n]*\([^)]*\)(?: const)? |\w+ ))+/;

/** A message's first line, without where in the engine's source it comes from. */
function shortened(message: string): string {
  const [line = ""] = message.replace(PLACES, "").split("\n");
  return (line.length > 240 ? `${line.slice(0, 240)}…` : line).trim().replace(/[.:]$/, "");
}

const NO_MEMORY =
  /bad_alloc|out of memory|\bOOM\b|failed to allocate|memory allocation|Cannot enlarge memory|Array buffer allocation/i;

/** What the engine threw, as an error that a reader can act on. */
export function engineError(thrown: unknown, name: string): ComputeError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (NO_MEMORY.test(message))
    return new ComputeError(
      "memory",
      `The engine's memory is too small for ${name} and its pictures.`,
      "Close other models, or take smaller pictures.",
      message,
    );
  for (const [pattern, words] of KNOWN) {
    const found = pattern.exec(message);
    if (found) return new ComputeError("input", ...words(name, ...found.slice(1)), message);
  }
  return new ComputeError("internal", `${name} could not be run.`, "Reload the page, and try again.", message);
}
