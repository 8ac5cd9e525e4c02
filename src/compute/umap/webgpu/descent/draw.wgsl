// For rows `first` to `end - 1` whose lists are not full, a group of the row and others drawn by chance. The places of
// groups hold NONE before.
@group(0) @binding(1) var<storage, read> ids: array<u32>;
@group(0) @binding(2) var<storage, read_write> members: array<u32>;

override PLACES: u32 = 32u;
const SPARE_DRAWS = 32u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var row = task.first + id.x; row < task.end; row += groups.x * 64u) {
    let own = row - task.listFirst;
    if (own >= task.listRows || ids[own * task.keep + task.keep - 1u] != EMPTY) { continue; }
    var at = (row - task.first) * PLACES;
    members[at] = row;
    var lot = mixed(task.seed ^ mixed(row));
    for (var t = 0u; t < task.keep + SPARE_DRAWS; t++) {
      lot = mixed(lot + 0x9e3779b9u);
      let other = lot % task.rows;
      if (other == row) { continue; }
      at++;
      members[at] = other;
    }
  }
}
