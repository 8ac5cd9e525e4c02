// A tree before its first plane: all places in one segment.
@group(0) @binding(1) var<storage, read_write> segments: array<vec2u>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var place = task.first + id.x; place < task.end; place += groups.x * 64u) {
    segments[place] = vec2u(0u, task.rows);
  }
}
