import { exactArithmetic } from "./exact-arithmetic.ts";

/** Rows, or sums, of a workgroup. */
export const GROUP = 64;
/** Workgroups side by side; further ones lie along y. */
export const GROUPS_ACROSS = 1024;

const head = `
struct Task { first: u32, rows: u32, width: u32, zero: u32 }
@group(0) @binding(0) var<uniform> task: Task;
${exactArithmetic("task.zero")}
fn keepAll(v: vec4f) -> vec4f { return bitcast<vec4f>(bitcast<vec4u>(v) ^ vec4u(task.zero)); }
fn placeOf(group: vec3u, lane: u32) -> u32 { return (group.y * ${GROUPS_ACROSS}u + group.x) * ${GROUP}u + lane; }
`;

/**
 * Products of centred rows with `count` directions, one lane a row: the first half of kernels/projection.ts, with its
 * four partial sums a product and so its bits.
 */
export function scoresShader(count: number): string {
  const each = Array.from({ length: count }, (_, which) => which);
  return `${head}
@group(0) @binding(1) var<storage, read> rows: array<vec4f>;
@group(0) @binding(2) var<storage, read> means: array<vec4f>;
@group(0) @binding(3) var<storage, read> directions: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> scores: array<f32>;
fn total(v: vec4f) -> f32 { return keep(v.x + v.z) + keep(v.y + v.w); }

@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = task.first + placeOf(group, lane);
  if (row >= task.rows) { return; }
  let quarter = task.width / 4u;
${each.map((which) => `  var sum${which} = vec4f();`).join("\n")}
  for (var t = 0u; t < quarter; t++) {
    let x = keepAll(rows[row * quarter + t] - means[t]);
${each.map((c) => `    sum${c} = keepAll(sum${c} + keepAll(x * directions[${c}u * quarter + t]));`).join("\n")}
  }
${each.map((which) => `  scores[row * ${count}u + ${which}u] = total(sum${which});`).join("\n")}
}`;
}

/**
 * Centred rows weighted by their `count` scores and summed, one lane a column and direction: the second half of
 * kernels/projection.ts, row after row as there. The sums begin at `task.first`.
 */
export function sumsShader(count: number): string {
  return `${head}
@group(0) @binding(1) var<storage, read> rows: array<f32>;
@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read> scores: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let place = placeOf(group, lane);
  if (place >= ${count}u * task.width) { return; }
  let column = place % task.width;
  let direction = place / task.width;
  let mean = means[column];
  var sum = 0.0;
  for (var row = 0u; row < task.rows; row++) {
    sum = keep(sum + keep(scores[row * ${count}u + direction] * keep(rows[row * task.width + column] - mean)));
  }
  sums[task.first + place] = sum;
}`;
}
