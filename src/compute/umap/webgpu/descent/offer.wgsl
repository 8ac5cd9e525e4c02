// The members of a row's groups are offered to its list, one lane a row. The nearest stay, equals by row number: a set,
// whatever the order in which they come.
@group(0) @binding(1) var<storage, read> heads: array<u32>;
@group(0) @binding(2) var<storage, read> links: array<u32>;
@group(0) @binding(3) var<storage, read> members: array<u32>;
// Bits of distances, which are never negative: they compare as the numbers do.
@group(0) @binding(4) var<storage, read> distances: array<u32>;
@group(0) @binding(5) var<storage, read_write> ids: array<u32>;
@group(0) @binding(6) var<storage, read_write> nearest: array<u32>;

override FRESH_PLACES: u32 = 16u;
override PLACES: u32 = 32u;

fn put(own: u32, other: u32, distance: u32) {
  let last = own + task.keep - 1u;
  if (distance > nearest[last] || (distance == nearest[last] && other >= (ids[last] & ID))) { return; }
  // Most that are offered stand in the list already: the search is by halves.
  var low = own;
  var high = last;
  while (low < high) {
    let middle = (low + high) / 2u;
    let isBefore = nearest[middle] < distance || (nearest[middle] == distance && (ids[middle] & ID) < other);
    if (isBefore) { low = middle + 1u; } else { high = middle; }
  }
  if ((ids[low] & ID) == other) { return; }
  for (var p = last; p > low; p--) {
    nearest[p] = nearest[p - 1u];
    ids[p] = ids[p - 1u];
  }
  nearest[low] = distance;
  ids[low] = other | FRESH;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var row = task.listFirst + id.x; row < task.listFirst + task.listRows; row += groups.x * 64u) {
    let own = (row - task.listFirst) * task.keep;
    for (var at = heads[row]; at != NONE; at = links[at]) {
      let place = at % PLACES;
      let begin = at - place;
      let tile = at / PLACES * FRESH_PLACES * PLACES;
      for (var i = 0u; i < FRESH_PLACES; i++) {
        let other = members[begin + i];
        if (other == NONE) { break; }
        if (other != row) { put(own, other, distances[tile + min(i, place) * PLACES + max(i, place)]); }
      }
      if (place >= FRESH_PLACES) { continue; }
      for (var j = FRESH_PLACES; j < PLACES; j++) {
        let other = members[begin + j];
        if (other == NONE) { break; }
        if (other != row) { put(own, other, distances[tile + place * PLACES + j]); }
      }
    }
  }
}
