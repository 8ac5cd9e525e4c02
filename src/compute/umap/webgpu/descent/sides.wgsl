// Of each place of a tree that lies in more than a leaf: on which side of its segment's plane the row there is. The
// plane lies half way between two rows of the segment. A bit is set for the near side.
@group(0) @binding(1) var<storage, read> points: array<vec4f>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
// The first place of the segment, with the planes tried before in the two highest bits, and the place after its last.
@group(0) @binding(3) var<storage, read> segments: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> words: array<atomic<u32>>;

const PLACE = 0x3fffffffu;
const TRIES = 3u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var place = task.first + id.x; place < task.end; place += groups.x * 64u) {
    let begin = segments[place].x & PLACE;
    let end = segments[place].y;
    let size = end - begin;
    if (size <= LEAF) { continue; }
    let lot = mixed(task.seed ^ mixed(begin * TRIES + (segments[place].x >> 30u)) ^ mixed(~end));
    let first = lot % size;
    let second = (first + 1u + mixed(lot) % (size - 1u)) % size;
    let x = order[begin + first] * task.vectors;
    let y = order[begin + second] * task.vectors;
    let row = order[place] * task.vectors;
    var sum = vec4f();
    if (task.isFirst == 0u) { sum = sums[place]; }
    for (var t = 0u; t < task.vectors; t++) {
      let a = points[x + t];
      let b = points[y + t];
      let middle = keepAll(0.5 * keepAll(a + b));
      let beyond = keepAll(points[row + t] - middle);
      sum = keepAll(sum + keepAll(keepAll(a - b) * beyond));
    }
    if (task.isLast == 0u) {
      sums[place] = sum;
      continue;
    }
    let side = total(sum);
    // Rows on the plane, such as all of many equal ones, are shared out.
    if (side > 0.0 || (side == 0.0 && (mixed(order[place] ^ lot) & 1u) == 1u)) {
      atomicOr(&words[place / 32u], 1u << (place % 32u));
    }
  }
}
