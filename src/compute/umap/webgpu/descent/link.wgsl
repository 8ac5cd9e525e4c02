// For every row a chain of the places that it has in groups: which comes first is chance, and does not matter. One lane
// a place; those from LINKED on of a group get nothing offered.
@group(0) @binding(1) var<storage, read> members: array<u32>;
@group(0) @binding(2) var<storage, read_write> heads: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> links: array<u32>;

override PLACES: u32 = 32u;
override LINKED: u32 = 32u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var at = id.x; at < (task.end - task.first) * PLACES; at += groups.x * 64u) {
    let row = members[at];
    let place = at % PLACES;
    // Without fresh members nothing is compared.
    if (row == NONE || place >= LINKED || members[at - place] == NONE) { continue; }
    links[at] = atomicExchange(&heads[row], at);
  }
}
