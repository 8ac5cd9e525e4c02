import { type CaseTensor, type GradientCase, integers, node, tensor } from "../gradient-check.ts";

const X = { x: tensor([2, 3, 4]) };

/** One operator on "x" with constants behind it. */
function of(
  name: string,
  opType: string,
  {
    x = X.x,
    constants = {},
    attributes = {},
    outputs = ["y"],
    opset = 17,
  }: {
    x?: CaseTensor;
    constants?: Readonly<Record<string, CaseTensor>>;
    attributes?: Parameters<typeof node>[3];
    outputs?: readonly string[];
    opset?: number;
  } = {},
): GradientCase {
  const nodes = [node(opType, ["x", ...Object.keys(constants)], outputs, attributes)];
  return { name, opset, nodes, inputs: { x }, initializers: constants };
}

const sliced = (name: string, [from, to, axes, steps]: readonly (readonly number[])[], x?: CaseTensor): GradientCase =>
  of(name, "Slice", {
    ...(x && { x }),
    constants: {
      from: integers(from ?? []),
      to: integers(to ?? []),
      ...(axes && { axes: integers(axes) }),
      ...(steps && { steps: integers(steps) }),
    },
  });

const reshaping: readonly GradientCase[] = [
  of("Reshape with a 0 and a -1", "Reshape", { constants: { to: integers([0, -1]) } }),
  of("Flatten from axis 2", "Flatten", { attributes: { axis: 2 } }),
  of("Squeeze by an attribute", "Squeeze", { x: tensor([1, 3, 1, 2]), attributes: { axes: [0, 2] }, opset: 11 }),
  of("Squeeze by an input", "Squeeze", { x: tensor([1, 3, 1, 2]), constants: { axes: integers([-2]) } }),
  of("Squeeze of all axes", "Squeeze", { x: tensor([1, 3, 1, 2]) }),
  of("Unsqueeze by an attribute", "Unsqueeze", { attributes: { axes: [0, 3] }, opset: 9 }),
  of("Unsqueeze by an input", "Unsqueeze", { constants: { axes: integers([1, -1]) } }),
  of("Transpose with an order that is not its own inverse", "Transpose", { attributes: { perm: [1, 2, 0] } }),
  of("Transpose without an order", "Transpose"),
];

const copying: readonly GradientCase[] = [
  of("Expand with a new axis", "Expand", { x: tensor([3, 1]), constants: { to: integers([2, 3, 4]) } }),
  of("Expand to fewer axes than there are", "Expand", { x: tensor([2, 1, 3]), constants: { to: integers([4, 1]) } }),
  of("Tile along two axes of three", "Tile", { constants: { repeats: integers([2, 1, 3]) } }),
  {
    name: "Concat along a negative axis, one part a constant and one there twice",
    opset: 17,
    nodes: [node("Concat", ["x", "c", "z", "x"], ["y"], { axis: -2 })],
    inputs: { x: tensor([2, 3, 2]), z: tensor([2, 1, 2]) },
    initializers: { c: tensor([2, 2, 2]) },
  },
  {
    name: "Concat of parts that all have a gradient",
    opset: 17,
    nodes: [node("Relu", ["x"], ["r"]), node("Concat", ["x", "r", "x"], ["y"], { axis: 1 })],
    inputs: X,
  },
  {
    name: "Concat of parts that all have a gradient, in opset 9",
    opset: 9,
    nodes: [node("Relu", ["x"], ["r"]), node("Concat", ["x", "r"], ["y"], { axis: 1 })],
    inputs: X,
  },
];

const splitting: readonly GradientCase[] = [
  splitCase("Split in parts of given lengths, all of them used", { parts: [0, 1, 2], lengths: [1, 3, 1] }),
  splitCase("Split of which the first part alone is used", { parts: [0], lengths: [1, 3, 1] }),
  splitCase("Split of which the middle is left out", { parts: [0, 2], lengths: [1, 3, 1] }),
  splitCase("Split of which the ends are left out", { parts: [1], lengths: [1, 3, 1] }),
  splitCase("Split in equal parts", { parts: [1, 2], count: 3, opset: 13, length: 6 }),
  splitCase("Split by an attribute", { parts: [1, 0], lengths: [2, 3], opset: 11 }),
  splitCase("Split in so many parts of which the last is shorter", { parts: [0, 2], count: 3, opset: 18 }),
];

/** The parts one behind the other, each other than the one before. */
function splitCase(
  name: string,
  {
    parts,
    lengths,
    count = lengths?.length ?? 0,
    opset = 17,
    length = 5,
  }: { parts: readonly number[]; lengths?: readonly number[]; count?: number; opset?: number; length?: number },
): GradientCase {
  const outputs = Array.from({ length: count }, (_, part) => `part${part}`);
  const asInput = lengths !== undefined && opset >= 13;
  const attributes = {
    axis: -2,
    ...(lengths && opset < 13 && { split: lengths }),
    ...(!lengths && opset >= 18 && { num_outputs: count }),
  };
  return {
    name,
    opset,
    nodes: [
      node("Split", ["x", ...(asInput ? ["lengths"] : [])], outputs, attributes),
      ...parts.map((part) => node("Mul", [`part${part}`, `factor${part}`], [`scaled${part}`])),
      node(
        "Concat",
        parts.map((part) => `scaled${part}`),
        ["y"],
        { axis: 1 },
      ),
    ],
    inputs: { x: tensor([2, length, 2]) },
    initializers: {
      ...(asInput && { lengths: integers(lengths) }),
      ...Object.fromEntries(parts.map((part) => [`factor${part}`, { dims: [1], values: [part + 0.5] }])),
    },
  };
}

const slicing: readonly GradientCase[] = [
  of("Slice by attributes", "Slice", { attributes: { starts: [1, -3], ends: [9, -1], axes: [1, 2] }, opset: 9 }),
  of("Slice by attributes without axes", "Slice", { attributes: { starts: [0, 1], ends: [1, 3] }, opset: 9 }),
  sliced("Slice of the first axes", [
    [1, 0],
    [2, 2],
  ]),
  sliced("Slice of several axes with ends out of range", [
    [-9, 1],
    [2 ** 40, -1],
    [-3, 2],
  ]),
  sliced(
    "Slice in steps of 2 and 3",
    [
      [0, 1],
      [8, 9],
      [1, 2],
      [2, 3],
    ],
    tensor([1, 7, 8]),
  ),
  sliced("Slice that turns an axis about", [[-1], [-(2 ** 40)], [2], [-1]]),
  sliced(
    "Slice backwards in steps of 2 beside one forwards",
    [
      [9, 1],
      [0, 3],
      [2, 1],
      [-2, 1],
    ],
    tensor([2, 4, 6]),
  ),
];

/** Parts of "x" along axis 1 that are scaled and stand behind one another, and "x" itself at last. */
function partsCase(name: string, parts: readonly (readonly [from: number, to: number])[]): GradientCase {
  const constants = parts.flatMap(([from, to], at) => [
    [`from${at}`, integers([from])] as const,
    [`to${at}`, integers([to])] as const,
    [`factor${at}`, { dims: [1], values: [at + 0.5] }] as const,
  ]);
  const scaled = parts.map((_, at) => `scaled${at}`);
  return {
    name,
    opset: 17,
    nodes: [
      ...parts.flatMap((_, at) => [
        node("Slice", ["x", `from${at}`, `to${at}`, "axis"], [`part${at}`]),
        node("Mul", [`part${at}`, `factor${at}`], [`scaled${at}`]),
      ]),
      node("Concat", [...scaled, "x"], ["y"], { axis: 1 }),
    ],
    inputs: { x: tensor([2, 6, 2]) },
    initializers: { axis: integers([1]), ...Object.fromEntries(constants) },
  };
}

const parting: readonly GradientCase[] = [
  partsCase("Slices that are all of a tensor, in another order", [
    [4, 6],
    [0, 3],
    [3, 4],
  ]),
  partsCase("Slices that overlap, with a gap between others", [
    [1, 4],
    [2, 3],
    [5, 6],
  ]),
];

const gathering: readonly GradientCase[] = [
  of("Gather of one row", "Gather", { constants: { i: integers([-1], []) }, attributes: { axis: 1 } }),
  of("Gather of rows that follow one another", "Gather", {
    constants: { i: integers([1, 2]) },
    attributes: { axis: 2 },
  }),
  of("Gather in another order", "Gather", { constants: { i: integers([2, 0, 1]) }, attributes: { axis: -2 } }),
  of("Gather of rows, some twice", "Gather", { constants: { i: integers([2, 0, 2, -3]) }, attributes: { axis: 1 } }),
  of("Gather of one row many times", "Gather", {
    constants: { i: integers([1, 1, 0, 1, 1, 1, 1]) },
    attributes: { axis: 1 },
  }),
  of("Gather by a matrix", "Gather", {
    constants: { i: integers([0, 2, 1, 1, 3, 0], [2, 3]) },
    attributes: { axis: 2 },
  }),
  {
    name: "Gather of the row that is highest, counted from the end",
    opset: 17,
    nodes: [
      node("ReduceSum", ["x", "axes"], ["sums"], { keepdims: 0 }),
      node("ArgMax", ["sums"], ["highest"], { axis: 0, keepdims: 1 }),
      node("Sub", ["highest", "count"], ["i"]),
      node("Gather", ["x", "i"], ["y"], { axis: 1 }),
    ],
    inputs: X,
    initializers: { axes: integers([0, 2]), count: integers([3], []) },
  },
  of("GatherElements, negative and twice", "GatherElements", {
    constants: { i: integers([0, -1, 2, 2, 1, 1, 0, 0], [1, 2, 4]) },
    attributes: { axis: 1 },
  }),
  {
    name: "GatherElements of the highest",
    opset: 17,
    nodes: [
      node("ArgMax", ["x"], ["i"], { axis: 2, keepdims: 1 }),
      node("GatherElements", ["x", "i"], ["y"], { axis: 2 }),
    ],
    inputs: X,
  },
  {
    name: "TopK",
    opset: 17,
    nodes: [node("TopK", ["x", "k"], ["y", "places"], { axis: 1 })],
    inputs: X,
    initializers: { k: integers([2]) },
  },
  of("GatherND of numbers", "GatherND", { constants: { i: integers([0, 1, 2, 1, -1, -1, 0, 1, 2], [3, 3]) } }),
  of("GatherND of rows", "GatherND", { constants: { i: integers([1, 0, 0, 2], [2, 1, 2]) } }),
  of("GatherND within each picture", "GatherND", {
    constants: { i: integers([2, 0], [2, 1]) },
    attributes: { batch_dims: 1 },
  }),
  of("Compress along an axis", "Compress", {
    constants: { keep: { dims: [3], values: [1, 0, 1], type: "bool" } },
    attributes: { axis: 1 },
  }),
  of("Compress of all numbers", "Compress", {
    constants: { keep: { dims: [5], values: [0, 1, 0, 1, 1], type: "bool" } },
  }),
  of("ReverseSequence", "ReverseSequence", {
    constants: { lengths: integers([3, 2]) },
    attributes: { batch_axis: 0, time_axis: 1 },
  }),
];

const rows = integers([0, 2, 1, 1, 0, 0], [3, 2]);
const elements = integers([1, 0, 2, 2, 0, 1, 2, 1], [2, 1, 4]);

const scattering: readonly GradientCase[] = [
  scatterCase("ScatterND", { indices: rows, updates: tensor([3, 4]) }),
  scatterCase("ScatterND over what was written", { indices: integers([1, 1, 0], [3, 1]), updates: tensor([3, 3, 4]) }),
  scatterCase("ScatterND that adds", {
    indices: integers([1, 1], [2, 1]),
    updates: tensor([2, 3, 4]),
    reduction: "add",
  }),
  scatterCase("ScatterElements", { indices: elements, updates: tensor([2, 1, 4]), axis: 1 }),
  scatterCase("ScatterElements that adds", {
    indices: elements,
    updates: tensor([2, 1, 4]),
    axis: 1,
    reduction: "add",
  }),
  scatterCase("Scatter of opset 9", { indices: elements, updates: tensor([2, 1, 4]), axis: 1, opset: 9 }),
];

function scatterCase(
  name: string,
  {
    indices,
    updates,
    axis,
    reduction,
    opset = 16,
  }: { indices: CaseTensor; updates: CaseTensor; axis?: number; reduction?: string; opset?: number },
): GradientCase {
  const opType = name.split(" ")[0] ?? "";
  const attributes = { ...(axis !== undefined && { axis }), ...(reduction && { reduction }) };
  return {
    name,
    opset,
    nodes: [node(opType, ["x", "i", "updates"], ["y"], attributes)],
    inputs: { ...X, updates },
    initializers: { i: indices },
  };
}

const counting: readonly GradientCase[] = [
  {
    name: "Shape and Size of a tensor count for nothing",
    opset: 17,
    nodes: [
      node("Shape", ["x"], ["dims"]),
      node("Reshape", ["x", "flat"], ["f"]),
      node("Size", ["x"], ["count"]),
      node("Cast", ["count"], ["n"], { to: 1 }),
      node("Div", ["f", "n"], ["share"]),
      node("Reshape", ["share", "dims"], ["y"]),
    ],
    inputs: X,
    initializers: { flat: integers([-1]) },
  },
];

/** What these have on the way back others have as well: no GPU need run them. */
const ALIKE = new Set([
  "Flatten from axis 2",
  "Squeeze by an attribute",
  "Squeeze by an input",
  "Squeeze of all axes",
  "Unsqueeze by an attribute",
  "Unsqueeze by an input",
  "Transpose without an order",
  "Expand to fewer axes than there are",
  "Split of which the first part alone is used",
  "Split in equal parts",
  "Split in so many parts of which the last is shorter",
  "Slice by attributes without axes",
  "Slice of the first axes",
  "Slice that turns an axis about",
  "Gather of one row",
  "Gather in another order",
  "GatherND of rows",
  "GatherND within each picture",
  "Compress along an axis",
  "ScatterElements that adds",
  "Scatter of opset 9",
]);

const all = [...reshaping, ...copying, ...splitting, ...slicing, ...parting, ...gathering, ...scattering, ...counting];

export const shapes: readonly GradientCase[] = all.filter(({ name }) => !ALIKE.has(name));

/** The others. */
export const moreShapes: readonly GradientCase[] = all.filter(({ name }) => ALIKE.has(name));
