import { brokenArchitecture, isObject, isWhole, type JsonObject } from "./config-checks.ts";
import { AnswerRef, type PlannedCall } from "./model-plan.ts";

/** How deep a call's arguments may be nested. */
const DEEPEST = 16;

/**
 * What a layer was called with, from one entry of its `inbound_nodes`.
 *
 * @param node - Keras 3: `{ args, kwargs }`; Keras 1 and 2: `[[layer, call, answer, kwargs], …]`, or one such alone.
 * @param layers - Names of the model's layers: in Keras 2 a list of a name and two numbers is a tensor only if it names one.
 */
export function readCall(node: unknown, layers: ReadonlySet<string>): PlannedCall {
  if (isObject(node)) {
    const args = readValue(node.args ?? [], 0);
    const named = readValue(node.kwargs ?? {}, 0);
    if (!Array.isArray(args) || !isObject(named)) throw brokenArchitecture("a layer's call has no list of arguments");
    return { args, named };
  }
  if (!Array.isArray(node)) throw brokenArchitecture("a layer's call is neither a list nor an object");
  return readOldCall(node, layers);
}

function readOldCall(node: readonly unknown[], layers: ReadonlySet<string>): PlannedCall {
  const single = typeof node[0] === "string";
  const entries: readonly unknown[] = single ? [node] : node;
  let named: JsonObject = {};
  const inputs = entries.map((entry) => {
    if (!Array.isArray(entry)) throw brokenArchitecture("a layer's call names no layer");
    if (isObject(entry[3])) named = { ...named, ...entry[3] };
    // TensorFlow's Keras writes a first argument that is no tensor so.
    if (entry[0] === "_CONSTANT_VALUE") return entry[2];
    const ref = oldRef(entry.slice(0, 3), layers);
    if (!ref) throw brokenArchitecture(`a layer's call names "${String(entry[0]).slice(0, 60)}", which is no layer`);
    return ref;
  });
  const first = inputs.length === 1 ? inputs[0] : inputs;
  return { args: [first], named: Object.fromEntries(oldNamed(named, layers)) };
}

function oldNamed(named: JsonObject, layers: ReadonlySet<string>): [string, unknown][] {
  return Object.entries(named).map(([key, value]) => [key, oldValue(value, layers, 0)]);
}

function oldValue(value: unknown, layers: ReadonlySet<string>, depth: number): unknown {
  if (!Array.isArray(value) || depth > DEEPEST) return value;
  return oldRef(value, layers) ?? value.map((one) => oldValue(one, layers, depth + 1));
}

function oldRef(value: readonly unknown[], layers: ReadonlySet<string>): AnswerRef | null {
  const [layer, call, answer] = value;
  if (value.length !== 3 || typeof layer !== "string" || !layers.has(layer)) return null;
  return isWhole(call) && isWhole(answer) ? new AnswerRef(layer, call, answer) : null;
}

/** A slice as Keras 3 writes one, `x[start:stop:step]`. */
export class SliceValue {
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number | null,
  ) {}
}

function readValue(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) throw brokenArchitecture(`a layer's arguments are nested more than ${DEEPEST} deep`);
  if (Array.isArray(value)) return value.map((one) => readValue(one, depth + 1));
  if (!isObject(value)) return value;
  const { class_name: className, config } = value;
  if (className === "__keras_tensor__" && isObject(config)) return readHistory(config.keras_history);
  if (className === "__slice__" && isObject(config))
    return new SliceValue(bound(config.start), bound(config.stop), bound(config.step));
  if (className === "__tuple__" && Array.isArray(value.items)) return readValue(value.items, depth);
  if ((className === "__numpy__" || className === "__tensor__") && isObject(config)) return config.value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readValue(one, depth + 1)]));
}

function bound(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function readHistory(history: unknown): AnswerRef {
  const [layer, call, answer] = Array.isArray(history) ? history : [];
  if (typeof layer === "string" && isWhole(call) && isWhole(answer)) return new AnswerRef(layer, call, answer);
  throw brokenArchitecture("a layer's call names a tensor without its layer");
}
