/** Rows, or pixels, of a workgroup. */
export const GROUP = 256;
/** Workgroups side by side; further ones lie along y. */
export const GROUPS_ACROSS = 256;
/** Counts of marks are summed in steps of 1/256, so that sums do not depend on their order. */
export const COUNT_STEPS = 256;
/** Bytes of the `Picture` below. */
export const PICTURE_BYTES = 96;
/** Pixels that a workgroup counts: so many that merging its counts into all is little beside. */
export const COUNTED_PIXELS = 16 * GROUP;
/** Counts from 2^-8 to 2^24, 64 steps a doubling: of 1.1 %. */
export const STEPS = 2048;

const head = `
struct Picture {
  turn: vec4f,
  shift: vec2f, size: vec2u,
  greyColor: vec3f, rows: u32,
  diameter: f32, ring: f32, colorSteps: f32, floor: f32,
  missing: i32, byDensity: u32, hasMask: u32, dense: f32,
}
@group(0) @binding(0) var<uniform> picture: Picture;
fn placeOf(group: vec3u, lane: u32) -> u32 { return (group.y * ${GROUPS_ACROSS}u + group.x) * ${GROUP}u + lane; }
`;

/** Sums of red, green, blue and count of a pixel's marks in colour, and the count of its grey ones: one lane a row. */
export const splatShader = `${head}
@group(0) @binding(1) var<storage, read> positions: array<vec2f>;
@group(0) @binding(2) var<storage, read> codes: array<u32>;
@group(0) @binding(3) var<storage, read> palette: array<u32>;
@group(0) @binding(4) var<storage, read> mask: array<u32>;
@group(0) @binding(5) var<storage, read_write> colored: array<atomic<u32>>;
@group(0) @binding(6) var<storage, read_write> grey: array<atomic<u32>>;

fn steps(value: f32, scale: f32) -> u32 { return u32(round(value * scale)); }

@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = placeOf(group, lane);
  if (row >= picture.rows) { return; }
  let radius = 0.5 * picture.diameter;
  let reach = radius + 0.5;
  let place = positions[row];
  let middle = picture.turn.xy * place.x + picture.turn.zw * place.y + picture.shift;
  let size = vec2f(picture.size);
  if (!(all(middle > vec2f(-reach)) && all(middle < size + reach))) { return; }
  let first = vec2u(max(vec2f(0.0), ceil(middle - reach - 0.5)));
  let last = vec2i(min(size - 1.0, floor(middle + reach - 0.5)));
  let code = (codes[row >> 2u] >> ((row & 3u) * 8u)) & 0xffu;
  let isHollow = i32(code) == picture.missing;
  let inColor = picture.hasMask == 0u || ((mask[row >> 5u] >> (row & 31u)) & 1u) == 1u;
  let color = 255.0 * unpack4x8unorm(palette[code]).rgb;
  for (var y = first.y; i32(y) <= last.y; y++) {
    for (var x = first.x; i32(x) <= last.x; x++) {
      let away = distance(vec2f(f32(x), f32(y)) + 0.5, middle);
      var cover = clamp(reach - away, 0.0, 1.0);
      if (isHollow) { cover -= clamp(radius - picture.ring + 0.5 - away, 0.0, 1.0); }
      let count = steps(cover, ${COUNT_STEPS}.0);
      if (cover <= 0.0 || count == 0u) { continue; }
      let pixel = y * picture.size.x + x;
      if (inColor) {
        atomicAdd(&colored[4u * pixel], steps(color.r * cover, picture.colorSteps));
        atomicAdd(&colored[4u * pixel + 1u], steps(color.g * cover, picture.colorSteps));
        atomicAdd(&colored[4u * pixel + 2u], steps(color.b * cover, picture.colorSteps));
        atomicAdd(&colored[4u * pixel + 3u], count);
      } else {
        atomicAdd(&grey[pixel], count);
      }
    }
  }
}`;

/** How many pixels have how many marks: pixels in steps of their counts. */
export const histogramShader = `${head}
@group(0) @binding(1) var<storage, read> colored: array<vec4u>;
@group(0) @binding(2) var<storage, read> grey: array<u32>;
@group(0) @binding(3) var<storage, read_write> bins: array<atomic<u32>>;
var<workgroup> own: array<atomic<u32>, ${STEPS}>;

@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = min((group.x + 1u) * ${COUNTED_PIXELS}u, picture.size.x * picture.size.y);
  for (var pixel = group.x * ${COUNTED_PIXELS}u + lane; pixel < end; pixel += ${GROUP}u) {
    var count = colored[pixel].w;
    if (picture.hasMask != 0u) { count += grey[pixel]; }
    // With less than 1/256 of a mark there is no ink.
    if (count > 1u) {
      let step = u32((log2(f32(count) / ${COUNT_STEPS}.0) + 8.0) * 64.0);
      if (step < ${STEPS}u) { atomicAdd(&own[step], 1u); }
    }
  }
  workgroupBarrier();
  for (var step = lane; step < ${STEPS}u; step += ${GROUP}u) {
    let here = atomicLoad(&own[step]);
    if (here > 0u) { atomicAdd(&bins[step], here); }
  }
}`;

/** The count that 99 % of the inked pixels do not exceed; the steps are left empty for the next picture. */
export const percentileShader = `
@group(0) @binding(0) var<storage, read_write> bins: array<u32>;
@group(0) @binding(1) var<storage, read_write> dense: array<f32>;
var<workgroup> own: array<u32, ${STEPS}>;

@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) lane: u32) {
  for (var step = lane; step < ${STEPS}u; step += ${GROUP}u) {
    own[step] = bins[step];
    bins[step] = 0u;
  }
  workgroupBarrier();
  if (lane > 0u) { return; }
  var total = 0u;
  for (var step = 0u; step < ${STEPS}u; step++) { total += own[step]; }
  let wanted = f32(total) * 0.99;
  var below = 0.0;
  dense[0] = 1.0;
  for (var step = 0u; step < ${STEPS}u; step++) {
    let here = f32(own[step]);
    if (here > 0.0 && below + here >= wanted) {
      dense[0] = exp2((f32(step) + (wanted - below) / here) / 64.0 - 8.0);
      return;
    }
    below += here;
  }
}`;

/** Sums to colours, grey marks first, marks in colour over them; the sums are left empty for the next picture. */
export const toneShader = `${head}
@group(0) @binding(1) var<storage, read_write> colored: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> grey: array<u32>;
@group(0) @binding(3) var<storage, read> palette: array<u32>;
@group(0) @binding(4) var<storage, read> measured: array<f32>;
@group(0) @binding(5) var<storage, read_write> pixels: array<u32>;

fn rise(count: f32, dense: f32) -> f32 {
  if (count <= 1.0) { return 0.0; }
  if (count >= dense) { return 1.0; }
  return log(count) / log(dense);
}
fn ink(count: f32, dense: f32) -> f32 {
  let lone = max(picture.floor, 1.0 - log2(dense) / 10.0);
  if (count < 1.0) { return lone * count; }
  return lone + (1.0 - lone) * rise(count, dense);
}

@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let pixel = placeOf(group, lane);
  if (pixel >= picture.size.x * picture.size.y) { return; }
  let sums = colored[pixel];
  colored[pixel] = vec4u();
  let dense = max(1.0, select(measured[0], picture.dense, picture.dense > 0.0));
  let count = f32(sums.w) / ${COUNT_STEPS}.0;
  var under = 0.0;
  if (picture.hasMask != 0u) {
    under = ink(f32(grey[pixel]) / ${COUNT_STEPS}.0, dense);
    grey[pixel] = 0u;
  }
  let over = ink(count, dense);
  under *= 1.0 - over;
  var color = vec3f();
  if (sums.w > 0u) {
    color = vec3f(sums.rgb) / (picture.colorSteps * 255.0 * count);
    if (picture.byDensity != 0u) { color = unpack4x8unorm(palette[u32(round(rise(count, dense) * 255.0))]).rgb; }
  }
  let opacity = over + under;
  if (opacity > 0.0) { color = (color * over + picture.greyColor * under) / opacity; }
  pixels[pixel] = pack4x8unorm(vec4f(color, opacity));
}`;
