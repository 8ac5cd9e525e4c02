// Neighbours of rows `first` to `end - 1` that were chosen are fresh no longer.
@group(0) @binding(1) var<storage, read_write> ids: array<u32>;
@group(0) @binding(2) var<storage, read> fresh: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var row = task.first + id.x; row < task.end; row += groups.x * 64u) {
    let own = row - task.tableFirst;
    if (own >= task.tableRows) { continue; }
    for (var place = 0u; place < task.keep; place++) {
      let at = (row - task.listFirst) * task.keep + place;
      let known = ids[at];
      if ((known & FRESH) == 0u) { continue; }
      let lot = mixed(drawOf(row) ^ (known & ID));
      if (fresh[own * task.most + lot % task.most] == lot) { ids[at] = known & ID; }
    }
  }
}
