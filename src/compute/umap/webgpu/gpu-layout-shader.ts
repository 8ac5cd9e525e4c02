import { exactArithmetic } from "./exact-arithmetic.ts";
import { CONTINUES, GOES_ON, SLICE_ROWS } from "./gpu-layout-slices.ts";

/** Bytes of the `Round` below. */
export const ROUND_BYTES = 64;

/**
 * One round of the layout by gather for a range of slices: the twin of kernels/layout.ts, with its bits. One lane moves
 * one row; nothing but its own place is written.
 */
export function layoutShader(nComponents: 2 | 3): string {
  const place = nComponents === 2 ? "vec2f" : "vec4f";
  const kept = nComponents === 2 ? "bitcast<vec2u>(v) ^ vec2u(task.zero)" : "bitcast<vec4u>(v) ^ vec4u(task.zero)";
  const flat = "keep(keep(d.x * d.x) + keep(d.y * d.y)) + LEAST";
  const squared = nComponents === 2 ? flat : `keep(${flat}) + keep(d.z * d.z)`;
  return `
alias Place = ${place};
struct Slice { base: u32, length: u32, width: u32, lane: u32, flags: u32 }
struct Round {
  first: u32, rows: u32, negatives: u32, seed: u32,
  now: f32, next: f32, rate: f32, exponent: f32,
  low: vec4f,
  highest: f32, pull: f32, push: f32, zero: u32,
}
@group(0) @binding(0) var<uniform> task: Round;
@group(0) @binding(1) var<storage, read> before: array<Place>;
@group(0) @binding(2) var<storage, read_write> after: array<Place>;
@group(0) @binding(3) var<storage, read> slices: array<Slice>;
@group(0) @binding(4) var<storage, read> lanes: array<u32>;
@group(0) @binding(5) var<storage, read> columns: array<u32>;
@group(0) @binding(6) var<storage, read> shares: array<f32>;
@group(0) @binding(7) var<storage, read_write> counters: array<u32>;

const WEYL = 0x9e3779b9u;
const LEAST = 1e-20;
${exactArithmetic("task.zero")}

fn keepPlace(v: Place) -> Place { return bitcast<Place>(${kept}); }

fn squaredOf(d: Place) -> f32 { return ${squared}; }

// log2 on [1, 2] to 1.2e-4, exact at both ends, times b; 2^x on [-1/2, 1/2] to 7.5e-5. No pow: it differs by driver.
fn curve(squared: f32) -> f32 {
  let bits = bitcast<u32>(squared);
  let mantissa = bitcast<f32>((bits & 0x7fffffu) | 0x3f800000u);
  var p = keep(task.highest * mantissa) + task.low.w;
  p = keep(p * mantissa) + task.low.z;
  p = keep(p * mantissa) + task.low.y;
  p = keep(p * mantissa) + task.low.x;
  let power = clamp(keep(p) + keep(task.exponent * f32(bits >> 23u)), -120.0, 120.0);
  let whole = round(power);
  let rest = power - whole;
  p = keep(0.05517107 * rest) + 0.24261111;
  p = keep(p * rest) + 0.69326115;
  p = keep(p * rest) + 0.99992809;
  return bitcast<f32>(bitcast<u32>(p) + (bitcast<u32>(i32(whole)) << 23u));
}

fn scramble(x: u32) -> u32 {
  let h = (x ^ (x >> 16u)) * 0x7feb352du;
  return (h ^ (h >> 15u)) * 0x846ca68bu;
}

// The high half of hash * rows is a row number.
fn rowAt(hash: u32, rows: u32) -> u32 {
  let a = hash >> 16u;
  let b = hash & 0xffffu;
  let c = rows >> 16u;
  let d = rows & 0xffffu;
  let ad = a * d;
  let bc = b * c;
  let carry = ((b * d) >> 16u) + (ad & 0xffffu) + (bc & 0xffffu);
  return a * c + (ad >> 16u) + (bc >> 16u) + (carry >> 16u);
}

fn clip(shift: Place) -> Place { return clamp(shift, Place(-4.0), Place(4.0)); }

@compute @workgroup_size(${SLICE_ROWS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let slice = slices[task.first + group.x];
  if (lane >= slice.width) { return; }
  let row = lanes[slice.lane + lane];
  let end = slice.base + slice.length * slice.width;
  var place = before[row];
  var counter = scramble((row * WEYL) ^ task.seed);
  if ((slice.flags & ${CONTINUES}u) != 0u) {
    place = after[row];
    counter = counters[row];
  }
  var entry = slice.base + lane;
  loop {
    // Lanes go on to their next due entry apart, so that all have one when they meet again below.
    while (entry < end && floor(shares[entry] * task.next) == floor(shares[entry] * task.now)) {
      entry += slice.width;
    }
    if (entry >= end) { break; }
    var d = place - before[columns[entry]];
    var squared = squaredOf(d);
    var power = curve(squared);
    var shift = clip(d * divide(task.pull * power, squared * keep(power + 1.0)));
    for (var drawn = 0u; drawn < task.negatives; drawn++) {
      counter += WEYL;
      d = place - before[rowAt(scramble(counter), task.rows)];
      squared = squaredOf(d);
      power = curve(squared);
      shift = keepPlace(shift + clip(d * divide(task.push, keep(0.001 + squared) * keep(power + 1.0))));
    }
    place = keepPlace(place + keepPlace(task.rate * shift));
    entry += slice.width;
  }
  after[row] = place;
  if ((slice.flags & ${GOES_ON}u) != 0u) { counters[row] = counter; }
}`;
}
