// A bit for each place where a leaf begins.
@group(0) @binding(1) var<storage, read> segments: array<vec2u>;
@group(0) @binding(2) var<storage, read_write> words: array<atomic<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var place = task.first + id.x; place < task.end; place += groups.x * 64u) {
    if (segments[place].x == place) { atomicOr(&words[place / 32u], 1u << (place % 32u)); }
  }
}
