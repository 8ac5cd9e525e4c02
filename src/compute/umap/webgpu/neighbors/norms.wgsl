// Squared lengths of the centred rows of a panel, one lane a row.
struct Shape {
  rows: u32,
  vectors: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> panel: array<vec4f>;
@group(0) @binding(2) var<storage, read> means: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> norms: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var row = id.x; row < shape.rows; row += groups.x * 64u) {
    var sum = 0.0;
    for (var vector = 0u; vector < shape.vectors; vector++) {
      let x = panel[row * shape.vectors + vector] - means[vector];
      sum += dot(x, x);
    }
    norms[row] = sum;
  }
}
