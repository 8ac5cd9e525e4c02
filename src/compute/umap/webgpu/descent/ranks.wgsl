// How many bits are set before each of `end` words, and after the last one in all. One workgroup.
@group(0) @binding(1) var<storage, read> words: array<u32>;
@group(0) @binding(2) var<storage, read_write> ranks: array<u32>;

const LANES = 256u;
var<workgroup> counts: array<u32, LANES>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  let share = (task.end + LANES - 1u) / LANES;
  let first = min(task.end, lane * share);
  let last = min(task.end, first + share);
  var count = 0u;
  for (var at = first; at < last; at++) { count += countOneBits(words[at]); }
  counts[lane] = count;
  workgroupBarrier();
  var before = 0u;
  for (var other = 0u; other < lane; other++) { before += counts[other]; }
  for (var at = first; at < last; at++) {
    ranks[at] = before;
    before += countOneBits(words[at]);
  }
  if (lane == LANES - 1u) { ranks[task.end] = before; }
}
