// The first rounds of umap-learn's search for the scale of a row's memberships, one lane a row: as many as single
// precision decides beyond doubt. The scale is halved or doubled, so it and its bounds have few digits and are exact.

struct Smooth {
  firstRow: u32,
  endRow: u32,
  k: u32,
  // localConnectivity, its whole part and the rest.
  whole: u32,
  part: f32,
  // log2(k + 1), which the strengths are to sum to.
  goal: f32,
  tolerance: f32,
}

struct Bracket {
  low: f32,
  // Negative: none yet.
  high: f32,
  sigma: f32,
  rounds: f32,
}

@group(0) @binding(0) var<uniform> task: Smooth;
@group(0) @binding(1) var<storage, read> distances: array<f32>;
@group(0) @binding(2) var<storage, read_write> brackets: array<Bracket>;

// More would need more than the 24 binary digits of single precision.
const MOST_ROUNDS = 22u;
// Of a strength in the sum, and of rho as a share of the scale: twice what WGSL's precision of exp and of a quotient
// allows.
const BLUR = 1.2e-6;
const RHO_BLUR = 2.4e-7;

// How far the nearest neighbour with a distance above 0 is, as in kernels/smooth.ts.
fn nearestBeyondZero(own: u32) -> f32 {
  let k = task.k;
  var zeros = 0u;
  for (var t = 0u; t < k; t++) { zeros += u32(distances[own + t] <= 0.0); }
  let others = k - zeros;
  if (others == 0u) { return 0.0; }
  if (f32(others) < f32(task.whole) + task.part) { return distances[own + k - 1u]; }
  if (task.whole == 0u) { return task.part * distances[own + zeros]; }
  let before = distances[own + zeros + task.whole - 1u];
  if (task.part <= 1e-5 || task.whole >= others) { return before; }
  return before + task.part * (distances[own + zeros + task.whole] - before);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = task.firstRow + id.x;
  if (row >= task.endRow) { return; }
  let k = task.k;
  let own = row * k;
  let rho = nearestBeyondZero(own);
  var bracket = Bracket(0.0, -1.0, 1.0, 0.0);
  for (var round = 0u; round < MOST_ROUNDS; round++) {
    var strength = 0.0;
    for (var t = 0u; t < k; t++) {
      let beyond = distances[own + t] - rho;
      strength += select(1.0, exp(-beyond / bracket.sigma), beyond > 0.0);
    }
    let doubt = f32(k) * (BLUR + RHO_BLUR * rho / bracket.sigma);
    if (abs(strength - task.goal) <= task.tolerance + doubt) { break; }
    if (strength > task.goal) {
      bracket.high = bracket.sigma;
      bracket.sigma = (bracket.low + bracket.high) * 0.5;
    } else {
      bracket.low = bracket.sigma;
      bracket.sigma = select((bracket.low + bracket.high) * 0.5, bracket.sigma * 2.0, bracket.high < 0.0);
    }
    bracket.rounds += 1.0;
  }
  brackets[row] = bracket;
}
