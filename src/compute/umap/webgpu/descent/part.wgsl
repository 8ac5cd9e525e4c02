// The rows of each segment of a tree by their sides, otherwise as they were, and the segments that come of it. One whose
// plane leaves nearly all rows on one side is tried again with another, at last cut in the middle.
@group(0) @binding(1) var<storage, read> words: array<u32>;
@group(0) @binding(2) var<storage, read> ranks: array<u32>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read> segments: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> newOrder: array<u32>;
@group(0) @binding(6) var<storage, read_write> newSegments: array<vec2u>;
// Not 0 if a segment is still larger than a leaf.
@group(0) @binding(7) var<storage, read_write> goesOn: array<atomic<u32>>;

const PLACE = 0x3fffffffu;
const TRIES = 3u;
const LEAST_SIDE = 16u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var place = task.first + id.x; place < task.end; place += groups.x * 64u) {
    let begin = segments[place].x & PLACE;
    let end = segments[place].y;
    let size = end - begin;
    if (size <= LEAF) {
      newOrder[place] = order[place];
      newSegments[place] = segments[place];
      continue;
    }
    let before = rankOf(begin);
    let near = rankOf(end) - before;
    let nearBefore = rankOf(place) - before;
    var goal = begin + near + (place - begin - nearBefore);
    if (((words[place / 32u] >> (place % 32u)) & 1u) == 1u) { goal = begin + nearBefore; }
    newOrder[goal] = order[place];

    let tried = (segments[place].x >> 30u) + 1u;
    let isEven = min(near, size - near) * LEAST_SIDE >= size;
    if (!isEven && tried < TRIES) {
      newSegments[goal] = vec2u(begin | (tried << 30u), end);
      atomicOr(&goesOn[0], 1u);
      continue;
    }
    let border = select(begin + size / 2u, begin + near, isEven);
    var segment = vec2u(begin, border);
    if (goal >= border) { segment = vec2u(border, end); }
    newSegments[goal] = segment;
    if (segment.y - segment.x > LEAF) { atomicOr(&goesOn[0], 1u); }
  }
}
