// Candidates for the nearest neighbours of a block of 128 queries: tiles of 64 rows of a panel pass by through workgroup
// memory, 8 x 4 distances a lane in registers. What is nearer than a query's limit is put at the end of its list; a list
// that could overflow in the next tile is sorted and cut to the `keep` nearest, which lowers the limit. Distances are
// never negative, so their bits are compared as integers.

// 0: |a|^2 + |b|^2 - 2ab of centred rows; 1: squared differences; 2: absolute differences.
override METRIC: u32 = 0u;
// Places in a list, a power of two up to 512; `keep` and a tile more fit in.
override CAPACITY: u32 = 256u;

const QUERIES = 128u;
const COLUMNS = 64u;
// Vectors of four columns that lie in workgroup memory at a time.
const DEPTH = 4u;
const SORTED_AT_ONCE = 512u;
const NOTHING = 0xffffffffu;

struct Search {
  // Where in `queries` and `queryNorms` the first query lies, and how many there are.
  queryFirst: u32,
  queryCount: u32,
  // The number of the panel's first row.
  panelFirst: u32,
  panelRows: u32,
  firstTile: u32,
  endTile: u32,
  vectors: u32,
  keep: u32,
  // 1: sort all lists and cut them to `keep`, whether crowded or not.
  finish: u32,
}

@group(0) @binding(0) var<uniform> search: Search;
@group(0) @binding(1) var<storage, read> queries: array<vec4f>;
@group(0) @binding(2) var<storage, read> panel: array<vec4f>;
@group(0) @binding(3) var<storage, read> means: array<vec4f>;
@group(0) @binding(4) var<storage, read> queryNorms: array<f32>;
@group(0) @binding(5) var<storage, read> panelNorms: array<f32>;
// The number of the row behind each query, which is not its own neighbour.
@group(0) @binding(6) var<storage, read> ids: array<u32>;
// (distance as bits, row) of each candidate, CAPACITY a query.
@group(0) @binding(7) var<storage, read_write> lists: array<vec2u>;
// (limit as bits, candidates) of each query.
@group(0) @binding(8) var<storage, read_write> states: array<vec2u>;

// Vectors of the queries, then of the panel's rows; while lists are sorted, (distance, row) pairs.
var<workgroup> tile: array<vec4u, 768>;
var<workgroup> limits: array<u32, QUERIES>;
var<workgroup> norms: array<f32, QUERIES>;
var<workgroup> counts: array<atomic<u32>, QUERIES>;
var<workgroup> crowded: array<u32, QUERIES>;
var<workgroup> crowdedCount: atomic<u32>;
var<workgroup> crowdedNow: u32;

// Vectors of neighbouring rows lie in different banks.
fn placeOf(row: u32, depth: u32) -> u32 {
  return row * DEPTH + (depth ^ ((row >> 1u) & 3u));
}

fn term(a: vec4f, b: vec4f) -> f32 {
  if (METRIC == 0u) { return dot(a, b); }
  let difference = a - b;
  if (METRIC == 1u) { return dot(difference, difference); }
  return dot(abs(difference), vec4f(1.0));
}

fn terms(row: u32, depth: u32, b0: vec4f, b1: vec4f, b2: vec4f, b3: vec4f) -> vec4f {
  let a = bitcast<vec4f>(tile[placeOf(row, depth)]);
  return vec4f(term(a, b0), term(a, b1), term(a, b2), term(a, b3));
}

// Four distances of a query, to the rows `column`, `column + 16`, ... of the panel.
fn offer(first: u32, query: u32, sums: vec4f, column: u32, columnNorms: vec4f) {
  var distances = sums;
  if (METRIC == 0u) { distances = max(vec4f(0.0), columnNorms + norms[query] - 2.0 * sums); }
  let bits = bitcast<vec4u>(distances);
  let limit = limits[query];
  if (all(bits >= vec4u(limit))) { return; }
  let own = ids[first + query];
  for (var j = 0u; j < 4u; j++) {
    let other = column + j * 16u;
    if (bits[j] >= limit || other >= search.panelRows || search.panelFirst + other == own) { continue; }
    let slot = atomicAdd(&counts[query], 1u);
    lists[(first + query) * CAPACITY + slot] = vec2u(bits[j], search.panelFirst + other);
  }
}

fn isBefore(a: vec4u, b: vec4u) -> bool {
  return a.x < b.x || (a.x == b.x && a.y < b.y);
}

// Sort the lists of `count` crowded queries (bitonic, as many at once as there is room for) and cut them to `keep`.
fn cutLists(first: u32, count: u32, lane: u32) {
  for (var base = 0u; base < count; base += SORTED_AT_ONCE / CAPACITY) {
    for (var entry = lane; entry < SORTED_AT_ONCE; entry += 256u) {
      let which = base + entry / CAPACITY;
      let place = entry % CAPACITY;
      var found = vec2u(NOTHING, NOTHING);
      if (which < count) {
        let query = crowded[which];
        if (place < atomicLoad(&counts[query])) { found = lists[(first + query) * CAPACITY + place]; }
      }
      tile[entry] = vec4u(found, 0u, 0u);
    }
    for (var size = 2u; size <= CAPACITY; size *= 2u) {
      for (var stride = size / 2u; stride > 0u; stride /= 2u) {
        workgroupBarrier();
        let low = 2u * stride * (lane / stride) + lane % stride;
        let a = tile[low];
        let b = tile[low + stride];
        if (isBefore(b, a) == (((low % CAPACITY) & size) == 0u)) {
          tile[low] = b;
          tile[low + stride] = a;
        }
      }
    }
    workgroupBarrier();
    for (var entry = lane; entry < SORTED_AT_ONCE; entry += 256u) {
      let which = base + entry / CAPACITY;
      let place = entry % CAPACITY;
      if (which >= count || place >= search.keep) { continue; }
      let query = crowded[which];
      let found = tile[entry].xy;
      if (found.y != NOTHING) { lists[(first + query) * CAPACITY + place] = found; }
      if (place == search.keep - 1u && found.y != NOTHING) {
        limits[query] = found.x;
        atomicStore(&counts[query], search.keep);
      }
    }
    storageBarrier();
    workgroupBarrier();
  }
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let first = group.x * QUERIES;
  if (lane < QUERIES) {
    limits[lane] = 0u;
    if (first + lane < search.queryCount) {
      let state = states[first + lane];
      limits[lane] = state.x;
      atomicStore(&counts[lane], state.y);
      norms[lane] = queryNorms[search.queryFirst + first + lane];
    }
  }
  let tx = lane % 16u;
  let ty = lane / 16u;

  for (var t = search.firstTile; t < search.endTile; t++) {
    var sums0 = vec4f(); var sums1 = vec4f(); var sums2 = vec4f(); var sums3 = vec4f();
    var sums4 = vec4f(); var sums5 = vec4f(); var sums6 = vec4f(); var sums7 = vec4f();
    for (var done = 0u; done < search.vectors; done += DEPTH) {
      workgroupBarrier();
      for (var place = lane; place < (QUERIES + COLUMNS) * DEPTH; place += 256u) {
        let row = place / DEPTH;
        let vector = done + place % DEPTH;
        var value = vec4f();
        if (vector < search.vectors) {
          if (row < QUERIES) {
            if (first + row < search.queryCount) {
              value = queries[(search.queryFirst + first + row) * search.vectors + vector];
            }
          } else if (t * COLUMNS + row - QUERIES < search.panelRows) {
            value = panel[(t * COLUMNS + row - QUERIES) * search.vectors + vector];
          }
          if (METRIC == 0u) { value -= means[vector]; }
        }
        tile[placeOf(row, place % DEPTH)] = bitcast<vec4u>(value);
      }
      workgroupBarrier();
      for (var depth = 0u; depth < DEPTH; depth++) {
        let b0 = bitcast<vec4f>(tile[placeOf(QUERIES + tx, depth)]);
        let b1 = bitcast<vec4f>(tile[placeOf(QUERIES + tx + 16u, depth)]);
        let b2 = bitcast<vec4f>(tile[placeOf(QUERIES + tx + 32u, depth)]);
        let b3 = bitcast<vec4f>(tile[placeOf(QUERIES + tx + 48u, depth)]);
        sums0 += terms(ty, depth, b0, b1, b2, b3);
        sums1 += terms(ty + 16u, depth, b0, b1, b2, b3);
        sums2 += terms(ty + 32u, depth, b0, b1, b2, b3);
        sums3 += terms(ty + 48u, depth, b0, b1, b2, b3);
        sums4 += terms(ty + 64u, depth, b0, b1, b2, b3);
        sums5 += terms(ty + 80u, depth, b0, b1, b2, b3);
        sums6 += terms(ty + 96u, depth, b0, b1, b2, b3);
        sums7 += terms(ty + 112u, depth, b0, b1, b2, b3);
      }
    }

    let column = t * COLUMNS + tx;
    let last = search.panelRows - 1u;
    let columnNorms = vec4f(
      panelNorms[min(column, last)],
      panelNorms[min(column + 16u, last)],
      panelNorms[min(column + 32u, last)],
      panelNorms[min(column + 48u, last)],
    );
    offer(first, ty, sums0, column, columnNorms);
    offer(first, ty + 16u, sums1, column, columnNorms);
    offer(first, ty + 32u, sums2, column, columnNorms);
    offer(first, ty + 48u, sums3, column, columnNorms);
    offer(first, ty + 64u, sums4, column, columnNorms);
    offer(first, ty + 80u, sums5, column, columnNorms);
    offer(first, ty + 96u, sums6, column, columnNorms);
    offer(first, ty + 112u, sums7, column, columnNorms);

    if (lane == 0u) { atomicStore(&crowdedCount, 0u); }
    storageBarrier();
    workgroupBarrier();
    if (lane < QUERIES && atomicLoad(&counts[lane]) > CAPACITY - COLUMNS) {
      crowded[atomicAdd(&crowdedCount, 1u)] = lane;
    }
    workgroupBarrier();
    if (lane == 0u) { crowdedNow = atomicLoad(&crowdedCount); }
    cutLists(first, workgroupUniformLoad(&crowdedNow), lane);
  }

  workgroupBarrier();
  if (search.finish == 1u) {
    if (lane < QUERIES) { crowded[lane] = lane; }
    workgroupBarrier();
    cutLists(first, min(QUERIES, search.queryCount - first), lane);
  }
  if (lane < QUERIES && first + lane < search.queryCount) {
    states[first + lane] = vec2u(limits[lane], atomicLoad(&counts[lane]));
  }
}
