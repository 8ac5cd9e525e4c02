import { type CaseTensor, type GradientCase, integers, node, tensor } from "../gradient-check.ts";

/** One operator on inputs in their order. */
function of(
  name: string,
  opType: string,
  inputs: Readonly<Record<string, CaseTensor>>,
  attributes: Parameters<typeof node>[3] = {},
  opset = 17,
): GradientCase {
  return { name, opset, nodes: [node(opType, Object.keys(inputs), ["y"], attributes)], inputs };
}

const matMul = (name: string, left: readonly number[], right: readonly number[]) =>
  of(`MatMul of ${name}`, "MatMul", { a: tensor(left), b: tensor(right) });

const matrices: readonly GradientCase[] = [
  matMul("two matrices", [3, 4], [4, 2]),
  matMul("a list and a matrix", [4], [4, 2]),
  matMul("a matrix and a list", [3, 4], [4]),
  matMul("two lists", [4], [4]),
  matMul("a list and a batch", [4], [2, 4, 3]),
  matMul("a batch and a list", [2, 3, 4], [4]),
  matMul("a batch and one matrix", [2, 3, 2, 4], [4, 3]),
  matMul("one matrix and a batch", [3, 4], [2, 4, 2]),
  matMul("batches that are both broadcast", [2, 1, 3, 4], [3, 4, 2]),
  matMul("a matrix and one with axes of 1", [3, 4], [1, 1, 4, 2]),
  {
    name: "MatMul with a constant, in opset 9",
    opset: 9,
    nodes: [node("MatMul", ["x", "w"], ["y"])],
    inputs: { x: tensor([2, 3, 4]) },
    initializers: { w: tensor([4, 2]) },
  },
  of("Gemm", "Gemm", { a: tensor([3, 4]), b: tensor([4, 2]), c: tensor([2]) }),
  of(
    "Gemm of turned matrices with factors",
    "Gemm",
    { a: tensor([4, 3]), b: tensor([2, 4]), c: tensor([3, 1]) },
    {
      transA: 1,
      transB: 1,
      alpha: { float: 0.5 },
      beta: { float: 2 },
    },
  ),
  of("Gemm of a turned left side without a third", "Gemm", { a: tensor([4, 3]), b: tensor([4, 2]) }, { transA: 1 }),
  of(
    "Gemm of a turned right side, in opset 9",
    "Gemm",
    { a: tensor([3, 4]), b: tensor([2, 4]), c: tensor([]) },
    { transB: 1 },
    9,
  ),
];

const sum = (equation: string, ...dims: readonly (readonly number[])[]) =>
  of(`Einsum ${equation}`, "Einsum", Object.fromEntries(dims.map((each, at) => [`x${at}`, tensor(each)])), {
    equation,
  });

const sums: readonly GradientCase[] = [
  sum("bij,bkj->bik", [2, 3, 4], [2, 2, 4]),
  sum("bthd,bshd->bhts", [1, 3, 2, 4], [1, 2, 2, 4]),
  sum("ij, jk", [3, 4], [4, 2]),
  sum("i,i->", [4], [4]),
  sum("ij->ji", [3, 4]),
  sum("ijk->j", [2, 3, 2]),
  sum("ij,k->i", [3, 4], [2]),
  sum("ii->i", [3, 3]),
  sum("ii,ij->j", [3, 3], [3, 2]),
  sum("ABij,ABjk->ABik", [2, 2, 3, 4], [2, 2, 4, 2]),
  sum("...ij,...jk", [2, 3, 4], [2, 4, 2]),
  sum("b...d,de->b...e", [2, 3, 4], [4, 2]),
  sum("ab,bc,cd->ad", [2, 3], [3, 2], [2, 3]),
  sum("bi,ij->bj", [2, 3], [1, 4]),
];

const [q, k, v] = [tensor([1, 2, 3, 4], -2, 2), tensor([1, 2, 5, 4], -2, 2), tensor([1, 2, 5, 3])];
const [q3, k3, v3] = [tensor([2, 3, 8], -2, 2), tensor([2, 4, 8], -2, 2), tensor([2, 4, 6])];

function attentionCase(
  name: string,
  inputs: Readonly<Record<string, CaseTensor>>,
  attributes: Parameters<typeof node>[3] = {},
  {
    constants = {},
    order = [...Object.keys(inputs), ...Object.keys(constants)],
  }: { constants?: Readonly<Record<string, CaseTensor>>; order?: readonly string[] } = {},
): GradientCase {
  const nodes = [node("Attention", order, ["y"], attributes)];
  return { name: `Attention ${name}`, opset: 23, nodes, inputs, initializers: constants };
}

const visible = { dims: [3, 5], values: [1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 0, 0], type: "bool" } as const;
const turns = { x: tensor([1, 2, 3, 6]) };
const angles = { cos: tensor([4, 3]), sin: tensor([4, 3]), places: integers([0, 2, 3], [1, 3]) };

const attentions: readonly GradientCase[] = [
  attentionCase("of four axes", { q, k, v }),
  attentionCase("of three axes", { q: q3, k: k3, v: v3 }, { q_num_heads: 2, kv_num_heads: 2 }),
  attentionCase("with a mask of what is seen", { q, k, v }, {}, { constants: { mask: visible } }),
  attentionCase(
    "that sees what came before",
    { q, k: tensor([1, 2, 3, 4], -2, 2), v: tensor([1, 2, 3, 3]) },
    {
      is_causal: 1,
      scale: { float: 0.8 },
    },
  ),
  attentionCase(
    "with a cap and a mask that is added",
    { q, k, v, mask: tensor([2, 3, 5]) },
    { softcap: { float: 1.5 } },
  ),
  attentionCase("whose heads share keys", { q: tensor([1, 4, 3, 4], -2, 2), k, v, mask: tensor([3, 5]) }),
  attentionCase(
    "of three axes whose heads share keys",
    { q: tensor([2, 3, 16], -2, 2), k: k3, v: v3 },
    { q_num_heads: 4, kv_num_heads: 2 },
  ),
  {
    name: "Attention with keys from before, which go on",
    opset: 23,
    nodes: [
      node("Attention", ["q", "k", "v", "", "pastK", "pastV"], ["a", "presentK", "presentV"], { is_causal: 1 }),
      node("ReduceSum", ["presentK", "last"], ["keys"]),
      node("ReduceSum", ["presentV", "last"], ["values"]),
      node("Concat", ["keys", "values"], ["kept"], { axis: -1 }),
      node("ReduceSum", ["kept", "axes"], ["all"]),
      node("Add", ["a", "all"], ["y"]),
    ],
    inputs: {
      q,
      k: tensor([1, 2, 3, 4], -2, 2),
      v: tensor([1, 2, 3, 3]),
      pastK: tensor([1, 2, 2, 4]),
      pastV: tensor([1, 2, 2, 3]),
    },
    initializers: { last: integers([3]), axes: integers([2, 3]) },
  },
  ...[0, 1].map(
    (interleaved): GradientCase => ({
      name: `RotaryEmbedding, ${interleaved === 1 ? "neighbours turned together" : "halves turned together"}`,
      opset: 23,
      nodes: [node("RotaryEmbedding", ["x", "cos", "sin", "places"], ["y"], { interleaved })],
      inputs: turns,
      initializers: angles,
    }),
  ),
];

/** On the way back of others there is nothing that these don't have as well: a GPU runs these alone. */
const TELLING = new Set([
  "MatMul of a list and a batch",
  "MatMul of a batch and one matrix",
  "MatMul of batches that are both broadcast",
  "MatMul with a constant, in opset 9",
  "Gemm of turned matrices with factors",
  "Gemm of a turned right side, in opset 9",
  "Einsum bthd,bshd->bhts",
  "Einsum i,i->",
  "Einsum ii,ij->j",
  "Einsum b...d,de->b...e",
  "Attention of four axes",
  "Attention with a mask of what is seen",
  "Attention with a cap and a mask that is added",
  "Attention of three axes whose heads share keys",
  "Attention with keys from before, which go on",
  "RotaryEmbedding, neighbours turned together",
]);

const all = [...matrices, ...sums, ...attentions];

export const products: readonly GradientCase[] = all.filter(({ name }) => TELLING.has(name));

/** The others. */
export const moreProducts: readonly GradientCase[] = all.filter(({ name }) => !TELLING.has(name));
