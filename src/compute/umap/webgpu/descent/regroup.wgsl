// Rows of a panel of whole rows (`task.keep` vectors each) into one of `task.vectors` of each of all rows, from vector
// `task.most` on. `first` to `end - 1` are vectors of the panel of columns, counted from its row `task.listFirst`.
@group(0) @binding(1) var<storage, read> whole: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> part: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var at = task.first + id.x; at < task.end; at += groups.x * 64u) {
    let row = at / task.vectors;
    part[task.listFirst * task.vectors + at] = whole[row * task.keep + task.most + at % task.vectors];
  }
}
