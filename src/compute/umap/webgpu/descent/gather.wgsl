// The candidates of the rows at places `first` to `end - 1` of a tree as groups: `most` places for fresh ones, then as
// many for old ones, both filled from the left. The places of groups hold NONE before.
@group(0) @binding(1) var<storage, read> order: array<u32>;
@group(0) @binding(2) var<storage, read> fresh: array<u32>;
@group(0) @binding(3) var<storage, read> old: array<u32>;
@group(0) @binding(4) var<storage, read_write> members: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var place = task.first + id.x; place < task.end; place += groups.x * 64u) {
    let row = order[place];
    let own = row - task.tableFirst;
    if (own >= task.tableRows) { continue; }
    let draw = drawOf(row);
    var atFresh = 2u * (place - task.first) * task.most;
    var atOld = atFresh + task.most;
    for (var p = own * task.most; p < (own + 1u) * task.most; p++) {
      if (fresh[p] != NONE) {
        members[atFresh] = unmixed(fresh[p]) ^ draw;
        atFresh++;
      }
      if (old[p] != NONE) {
        members[atOld] = unmixed(old[p]) ^ draw;
        atOld++;
      }
    }
  }
}
