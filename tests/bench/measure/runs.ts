/** Measured runs of each contender: 5, or what BENCH_RUNS says (a look at a benchmark takes one). */
export const RUNS = Number(process.env.BENCH_RUNS ?? 5);
