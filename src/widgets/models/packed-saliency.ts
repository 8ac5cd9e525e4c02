import type { SaliencySet } from "../../compute/saliency/run/saliency-request.ts";
import type { Answer } from "../host/contract.ts";
import { type NamedArray, packArrays } from "../work/pack-arrays.ts";

/** Maps for Python: arrays named "map/run/row" and "raw/run/row", and in the header what is told of each. */
export function packedSaliency({ runs, processor, reason, workers }: SaliencySet): Answer {
  const named: NamedArray[] = [];
  const told = runs.map(({ name, maps, layer, notes }, place) => ({
    name,
    layer,
    notes,
    pictures: maps.map(({ values, height, width, raw, score, baselineScore = null, completeness = null }, row) => {
      named.push({ name: `map/${place}/${row}`, values, shape: [height, width] });
      if (raw) named.push({ name: `raw/${place}/${row}`, values: raw.values, shape: rawShape(raw) });
      return { score, baselineScore, completeness };
    }),
  }));
  const { arrays, bytes } = packArrays(named);
  return { header: { arrays, runs: told, processor, reason, workers }, bytes };
}

type Raw = NonNullable<SaliencySet["runs"][number]["maps"][number]["raw"]>;

/** As the model takes pictures; height × width of what is about places. */
export function rawShape({ values, shape: { height, width, channels, channelsLast } }: Raw): readonly number[] {
  if (values.length === height * width && channels === 1 && channelsLast) return [height, width];
  return channelsLast ? [height, width, channels] : [channels, height, width];
}
