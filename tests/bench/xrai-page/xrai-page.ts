// XRAI without the network: segments and ranking, for the benchmarks.
import { rankSegments, rankSegmentsFast } from "../../../src/compute/saliency/rank-segments.ts";
import { xraiSegments } from "../../../src/compute/saliency/xrai-segments.ts";

export interface XraiAnswer {
  readonly wall_s: number;
  readonly segments: number;
  /** The areas of the regions in the order of their ranks. */
  readonly areas: readonly number[];
}

const layout = { height: 224, width: 224, channels: 3, channelsLast: true };
let picture = new Float32Array();
let attributions = new Float64Array();

async function load(): Promise<void> {
  const numbers = async (name: string) => new Float32Array(await (await fetch(`/${name}`)).arrayBuffer());
  picture = await numbers("picture.bin");
  attributions = Float64Array.from(await numbers("attributions.bin"));
}

async function rank(algorithm: "full" | "fast"): Promise<XraiAnswer> {
  const start = performance.now();
  const segments = await xraiSegments(picture, layout);
  const { regions } = await (algorithm === "full" ? rankSegments : rankSegmentsFast)(attributions, segments);
  const wall_s = (performance.now() - start) / 1000;
  return { wall_s, segments: segments.length, areas: regions.map(({ area }) => area) };
}

const xraiPage = { load, rank };

declare global {
  interface Window {
    xraiBench: typeof xraiPage;
  }
}
window.xraiBench = xraiPage;
