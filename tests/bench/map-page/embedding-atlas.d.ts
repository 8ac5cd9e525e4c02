/** The little of embedding-atlas that the benchmarks use: `make bench` alone installs it, `make lint` reads this. */
declare module "*/embedding-atlas/dist/umap.js" {
  export function createUMAP(
    count: number,
    inputDim: number,
    outputDim: number,
    data: Float32Array,
    options: {
      readonly metric: "euclidean" | "cosine";
      readonly nNeighbors: number;
      readonly minDist: number;
      readonly nEpochs: number;
      readonly seed: number;
    },
  ): Promise<{ readonly embedding: Float32Array; run(): Promise<void>; destroy(): void }>;
}
