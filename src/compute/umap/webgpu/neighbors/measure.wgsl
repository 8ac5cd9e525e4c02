// The distance of each candidate from its query by differences, one lane a pair. Candidates outside the panel are left
// for when theirs is bound.

// 1: squared differences; 2: absolute differences.
override METRIC: u32 = 1u;
override CAPACITY: u32 = 256u;

const NOTHING = 0xffffffffu;
// Vectors of four columns summed apart, so that rounding does not grow with the width.
const RUN = 16u;
// The least normal number: what is left of differences whose squares vanish.
const LEAST = 1.1754944e-38;

struct Measure {
  queryFirst: u32,
  firstPair: u32,
  endPair: u32,
  panelFirst: u32,
  panelRows: u32,
  vectors: u32,
  keep: u32,
}

@group(0) @binding(0) var<uniform> measure: Measure;
@group(0) @binding(1) var<storage, read> queries: array<vec4f>;
@group(0) @binding(2) var<storage, read> panel: array<vec4f>;
@group(0) @binding(3) var<storage, read> lists: array<vec2u>;
@group(0) @binding(4) var<storage, read> states: array<vec2u>;
// (distance as bits, row), `keep` a query.
@group(0) @binding(5) var<storage, read_write> measured: array<vec2u>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var pair = measure.firstPair + id.x; pair < measure.endPair; pair += groups.x * 64u) {
    let query = pair / measure.keep;
    let place = pair % measure.keep;
    if (place >= states[query].y) {
      measured[pair] = vec2u(NOTHING, NOTHING);
      continue;
    }
    let other = lists[query * CAPACITY + place].y;
    if (other < measure.panelFirst || other - measure.panelFirst >= measure.panelRows) { continue; }
    let a = (measure.queryFirst + query) * measure.vectors;
    let b = (other - measure.panelFirst) * measure.vectors;
    var sums = vec4f();
    var widest = vec4f();
    for (var begin = 0u; begin < measure.vectors; begin += RUN) {
      var part = vec4f();
      for (var vector = begin; vector < min(measure.vectors, begin + RUN); vector++) {
        let difference = abs(queries[a + vector] - panel[b + vector]);
        widest = max(widest, difference);
        if (METRIC == 1u) { part += difference * difference; } else { part += difference; }
      }
      sums += part;
    }
    var distance = (sums.x + sums.y) + (sums.z + sums.w);
    if (any(widest > vec4f(0.0))) { distance = max(distance, LEAST); }
    measured[pair] = vec2u(bitcast<u32>(distance), other);
  }
}
