// Distances between the members of groups `first` to `end - 1`, one workgroup a group: of its first FRESH_PLACES members
// to all that come after them. A lane does two times four of them, lanes side by side read the same rows.
@group(0) @binding(1) var<storage, read> points: array<vec4f>;
@group(0) @binding(2) var<storage, read> members: array<u32>;
@group(0) @binding(3) var<storage, read_write> sums: array<vec4f>;
// Bits of distances, FRESH_PLACES * PLACES a group.
@group(0) @binding(4) var<storage, read_write> distances: array<u32>;

// 0: squared differences; 2: absolute differences.
override METRIC: u32 = 0u;
override FRESH_PLACES: u32 = 16u;
// A multiple of 4.
override PLACES: u32 = 32u;

fn term(a: vec4f, b: vec4f) -> vec4f {
  let difference = keepAll(a - b);
  if (METRIC == 2u) { return abs(difference); }
  return keepAll(difference * difference);
}

fn vectorOf(row: u32) -> u32 { return select(row, 0u, row == NONE) * task.vectors; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let own = group.x * PLACES;
  let columns = PLACES / 4u;
  let blocks = (FRESH_PLACES + 1u) / 2u * columns;
  for (var block = lane; block < blocks; block += 64u) {
    let i = block / columns * 2u;
    let j = block % columns * 4u;
    if (j + 3u <= i || members[own + i] == NONE || members[own + j] == NONE) { continue; }
    let hasSecond = i + 1u < FRESH_PLACES;
    let a0 = vectorOf(members[own + i]);
    let a1 = vectorOf(select(NONE, members[own + i + 1u], hasSecond));
    let b0 = vectorOf(members[own + j]);
    let b1 = vectorOf(members[own + j + 1u]);
    let b2 = vectorOf(members[own + j + 2u]);
    let b3 = vectorOf(members[own + j + 3u]);
    // Zeros written out: software WebGPU was seen to keep what the last block left.
    var near = array(vec4f(0.0), vec4f(0.0), vec4f(0.0), vec4f(0.0));
    var next = array(vec4f(0.0), vec4f(0.0), vec4f(0.0), vec4f(0.0));
    let at = (group.x * FRESH_PLACES + i) * PLACES + j;
    if (task.isFirst == 0u) {
      for (var c = 0u; c < 4u; c++) {
        near[c] = sums[at + c];
        if (hasSecond) { next[c] = sums[at + PLACES + c]; }
      }
    }
    for (var t = 0u; t < task.vectors; t++) {
      let x = points[a0 + t];
      let y = points[a1 + t];
      var other = points[b0 + t];
      near[0] = keepAll(near[0] + term(x, other));
      next[0] = keepAll(next[0] + term(y, other));
      other = points[b1 + t];
      near[1] = keepAll(near[1] + term(x, other));
      next[1] = keepAll(next[1] + term(y, other));
      other = points[b2 + t];
      near[2] = keepAll(near[2] + term(x, other));
      next[2] = keepAll(next[2] + term(y, other));
      other = points[b3 + t];
      near[3] = keepAll(near[3] + term(x, other));
      next[3] = keepAll(next[3] + term(y, other));
    }
    for (var c = 0u; c < 4u; c++) {
      if (task.isLast == 0u) {
        sums[at + c] = near[c];
        if (hasSecond) { sums[at + PLACES + c] = next[c]; }
      } else {
        distances[at + c] = bitcast<u32>(total(near[c]));
        if (hasSecond) { distances[at + PLACES + c] = bitcast<u32>(total(next[c])); }
      }
    }
  }
}
