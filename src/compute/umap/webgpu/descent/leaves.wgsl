// The rows of leaves `first` to `end - 1` as groups, whose places hold NONE before.
@group(0) @binding(1) var<storage, read> words: array<u32>;
@group(0) @binding(2) var<storage, read> ranks: array<u32>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read> segments: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> members: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var place = id.x; place < task.rows; place += groups.x * 64u) {
    let begin = segments[place].x;
    let leaf = rankOf(begin);
    if (leaf < task.first || leaf >= task.end) { continue; }
    members[(leaf - task.first) * LEAF + place - begin] = order[place];
  }
}
