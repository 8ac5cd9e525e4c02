// Each neighbour of rows `first` to `end - 1` is offered to its row, and the row to its neighbour: fresh ones and old
// ones. Every candidate draws a lot, which says its place too; of those for one place the least lot keeps it.
@group(0) @binding(1) var<storage, read> ids: array<u32>;
@group(0) @binding(2) var<storage, read_write> fresh: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> old: array<atomic<u32>>;

fn offer(isFresh: bool, row: u32, other: u32) {
  let own = row - task.tableFirst;
  if (own >= task.tableRows) { return; }
  let lot = mixed(drawOf(row) ^ other);
  let place = own * task.most + lot % task.most;
  if (isFresh) { atomicMin(&fresh[place], lot); } else { atomicMin(&old[place], lot); }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var row = task.first + id.x; row < task.end; row += groups.x * 64u) {
    for (var place = 0u; place < task.keep; place++) {
      let known = ids[(row - task.listFirst) * task.keep + place];
      if (known == EMPTY) { break; }
      offer((known & FRESH) != 0u, row, known & ID);
      offer((known & FRESH) != 0u, known & ID, row);
    }
  }
}
