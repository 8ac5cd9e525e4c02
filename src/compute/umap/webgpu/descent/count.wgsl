// How many of numbers `first` to `end - 1` are fresh.
@group(0) @binding(1) var<storage, read> ids: array<u32>;
@group(0) @binding(2) var<storage, read_write> counted: array<atomic<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  var count = 0u;
  for (var at = task.first + id.x; at < task.end; at += groups.x * 64u) { count += ids[at] >> 31u; }
  if (count > 0u) { atomicAdd(&counted[0], count); }
}
