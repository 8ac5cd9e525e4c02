// Numbers `first` to `end - 1` of a list are fresh again.
@group(0) @binding(1) var<storage, read_write> ids: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var at = task.first + id.x; at < task.end; at += groups.x * 64u) {
    if (ids[at] != EMPTY) { ids[at] |= FRESH; }
  }
}
