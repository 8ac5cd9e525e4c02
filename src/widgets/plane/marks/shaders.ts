/** Sums and counts of marks; its coverage is that of `accumulate`. */
export const markVertex = `#version 300 es
precision highp float;
in vec2 position;
in vec2 style; // code, 1 where the row is in colour
uniform mat3x2 affine;
uniform vec2 size;
uniform float diameter;
uniform float wanted; // which rows this pass draws: 1 in colour, 0 grey
uniform float missing;
uniform sampler2D palette;
flat out vec3 color;
flat out vec2 middle;
flat out float hollow;
void main() {
  vec2 pixel = affine * vec3(position, 1.0);
  middle = vec2(pixel.x, size.y - pixel.y);
  hollow = style.x == missing ? 1.0 : 0.0;
  color = texelFetch(palette, ivec2(int(style.x + 0.5), 0), 0).rgb;
  gl_PointSize = diameter + 1.0;
  gl_Position = style.y == wanted ? vec4(2.0 * middle / size - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}`;

export const markFragment = `#version 300 es
precision highp float;
flat in vec3 color;
flat in vec2 middle;
flat in float hollow;
uniform float diameter;
uniform float ring;
out vec4 sum;
void main() {
  float away = distance(gl_FragCoord.xy, middle);
  float cover = clamp(0.5 * diameter + 0.5 - away, 0.0, 1.0);
  cover -= hollow * clamp(0.5 * diameter - ring + 0.5 - away, 0.0, 1.0);
  if (cover <= 0.0) discard;
  sum = vec4(color * cover, cover);
}`;

/** One triangle over everything. */
export const wholeVertex = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}`;

/** Sums to colour: the GPU's twin of \`tonePixels\`; colours premultiplied by opacity. */
export const toneFragment = `#version 300 es
precision highp float;
uniform sampler2D coloredSums;
uniform sampler2D greySums;
uniform sampler2D palette;
uniform float dense;
uniform float lone;
uniform vec3 greyColor;
uniform bool byDensity;
uniform bool hasGrey;
out vec4 pixel;
float rise(float count) {
  return count <= 1.0 ? 0.0 : count >= dense ? 1.0 : log(count) / log(dense);
}
float ink(float count) {
  return count < 1.0 ? lone * count : count >= dense ? 1.0 : lone + (1.0 - lone) * rise(count);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 sum = texelFetch(coloredSums, at, 0);
  float over = ink(sum.a);
  float under = hasGrey ? ink(texelFetch(greySums, at, 0).a) * (1.0 - over) : 0.0;
  vec3 color = vec3(0.0);
  if (sum.a > 0.0)
    color = byDensity ? texelFetch(palette, ivec2(int(rise(sum.a) * 255.0 + 0.5), 0), 0).rgb : sum.rgb / sum.a;
  pixel = vec4(color * over + greyColor * under, over + under);
}`;

/** Counts of 2 x 2 pixels packed into one, so that reading them back moves a quarter. */
export const countFragment = `#version 300 es
precision highp float;
uniform sampler2D coloredSums;
uniform sampler2D greySums;
uniform bool hasGrey;
uniform ivec2 last;
out vec4 counts;
float countAt(ivec2 at) {
  if (at.x > last.x || at.y > last.y) return 0.0;
  return texelFetch(coloredSums, at, 0).a + (hasGrey ? texelFetch(greySums, at, 0).a : 0.0);
}
void main() {
  ivec2 at = 2 * ivec2(gl_FragCoord.xy);
  counts = vec4(countAt(at), countAt(at + ivec2(1, 0)), countAt(at + ivec2(0, 1)), countAt(at + ivec2(1, 1)));
}`;
