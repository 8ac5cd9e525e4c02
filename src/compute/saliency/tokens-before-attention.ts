import type { FoundLayer } from "../model/layers/found-layer.ts";
import type { ModelLayer } from "../model/model-layer.ts";

const WEIGHTS = /^(Softmax|Attention|MultiHeadAttention|GroupQueryAttention)$/;
const PRODUCT = /^(MatMul|FusedMatMul|Einsum)$/;

/**
 * The tokens that a transformer's last attention takes: queries and keys are made of them. Of the layers that both come
 * from, the last whose answer is as large as the tokens of the end.
 *
 * @param end - Tokens after the last attention.
 * @returns `end` itself where no attention is found.
 */
export function tokensBeforeAttention(layers: readonly ModelLayer[], end: FoundLayer): FoundLayer {
  const byName = new Map(layers.map((layer, index) => [layer.name, { layer, index }]));
  const before = (name: string | undefined) => {
    const found = new Set<number>();
    const open = [name ?? ""];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const at = byName.get(next);
      if (!at || found.has(at.index)) continue;
      found.add(at.index);
      open.push(...at.layer.inbound);
    }
    return found;
  };
  const ofEnd = before(end.layer.name);
  const weights = layers.findLast(({ type }, index) => WEIGHTS.test(type) && ofEnd.has(index));
  let product = weights;
  // From the weights over what scales and masks them to the product of queries and keys.
  while (product?.type === "Softmax" || (product && product !== weights && !PRODUCT.test(product.type)))
    product = byName.get(product.inbound[0] ?? "")?.layer;
  if (!product) return end;
  const [queries, keys] = product.inbound.map(before);
  const size = String(end.output.shape?.slice(1));
  const common = layers.findLast(({ outputs: [output] }, index) => {
    const isCommon = queries?.has(index) && (keys ?? queries).has(index);
    return isCommon && String(output?.shape?.slice(1)) === size;
  });
  const [output] = common?.outputs ?? [];
  return common && output ? { layer: common, output } : end;
}
