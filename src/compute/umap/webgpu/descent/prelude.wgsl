// What all kernels of NN-descent share; kernels/descent.ts is their twin, and they have its bits.
struct Task {
  // Things to be done: places, rows, groups, or numbers, as the kernel has it.
  first: u32,
  end: u32,
  // All rows, and places of a row's list.
  rows: u32,
  keep: u32,
  // Places of a row in a table of candidates.
  most: u32,
  seed: u32,
  // Unknown to the compiler.
  zero: u32,
  // Rows of the lists that are bound.
  listFirst: u32,
  listRows: u32,
  // Rows of the tables that are bound.
  tableFirst: u32,
  tableRows: u32,
  // Vectors of four columns that are bound of each row; whether they are its first ones, and its last.
  vectors: u32,
  isFirst: u32,
  isLast: u32,
}
@group(0) @binding(0) var<uniform> task: Task;

const NONE = 0xffffffffu;
// Of a place in a list: not compared yet with its row's other candidates. An empty place holds the largest ID.
const FRESH = 0x80000000u;
const ID = 0x7fffffffu;
const EMPTY = 0x7fffffffu;
const INFINITE = 0x7f800000u;
const LEAF = 32u;

// "lowbias32" (Chris Wellons, public domain), and what it has made a number of.
fn mixed(x: u32) -> u32 {
  var h = (x ^ (x >> 16u)) * 0x7feb352du;
  h = (h ^ (h >> 15u)) * 0x846ca68bu;
  return h ^ (h >> 16u);
}

fn unmixed(h: u32) -> u32 {
  var x = (h ^ (h >> 16u)) * 0x43021123u;
  x = (x ^ (x >> 15u) ^ (x >> 30u)) * 0x1d69e2a5u;
  return x ^ (x >> 16u);
}

// What the lots of a row's candidates are drawn with.
fn drawOf(row: u32) -> u32 { return mixed(task.seed ^ mixed(row)); }

// Sums and products go through here, or a driver may fuse them (see exactArithmetic).
fn keep(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ task.zero); }
fn keepAll(v: vec4f) -> vec4f { return bitcast<vec4f>(bitcast<vec4u>(v) ^ vec4u(task.zero)); }
fn total(v: vec4f) -> f32 { return keep(keep(v.x + v.z) + keep(v.y + v.w)); }
