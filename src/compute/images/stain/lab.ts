/** sRGB's primaries in CIE XYZ, and D65 at 2 degrees (IEC 61966-2-1, as scikit-image and torchstain round them). */
const TO_XYZ = [0.412453, 0.35758, 0.180423, 0.212671, 0.71516, 0.072169, 0.019334, 0.119193, 0.950227] as const;
const WHITE_X = 0.95047;
const WHITE_Z = 1.08883;
/** Where the cube root of CIE Lab gives way to a line, on either side of it, and that line. */
const ROOT_FROM = 0.008856;
const ROOT_TO = 0.2068966;
const SLOPE = 7.787;
const OFFSET = 16 / 116;

/**
 * Light by 8-bit value. It is also the light from which that value is reached when decimals are cut off.
 */
const LIGHT = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share > 0.04045 ? ((share + 0.055) / 1.055) ** 2.4 : share / 12.92;
});
const STEPS = 4096;
/** The 8-bit value at each of `STEPS` lights: the search for one begins there. */
const NEAR = new Uint8Array(STEPS + 1);
for (let step = 0, value = 0; step <= STEPS; step++) {
  while ((LIGHT[value + 1] ?? 2) <= step / STEPS) value++;
  NEAR[step] = value;
}

const FROM_XYZ = invert(TO_XYZ);

/**
 * Colours in CIE Lab, D65.
 *
 * @param colors - Red, green, blue, 8 bits each, pixel after pixel.
 * @returns L (0 to 100), a and b, pixel after pixel.
 */
export function toLab(colors: Uint8Array): Float64Array<ArrayBuffer> {
  const lab = new Float64Array(colors.length);
  for (let i = 0; i < colors.length; i += 3) {
    const red = LIGHT[colors[i] ?? 0] ?? 0;
    const green = LIGHT[colors[i + 1] ?? 0] ?? 0;
    const blue = LIGHT[colors[i + 2] ?? 0] ?? 0;
    const x = bend((TO_XYZ[0] * red + TO_XYZ[1] * green + TO_XYZ[2] * blue) / WHITE_X);
    const y = bend(TO_XYZ[3] * red + TO_XYZ[4] * green + TO_XYZ[5] * blue);
    const z = bend((TO_XYZ[6] * red + TO_XYZ[7] * green + TO_XYZ[8] * blue) / WHITE_Z);
    lab[i] = 116 * y - 16;
    lab[i + 1] = 500 * (x - y);
    lab[i + 2] = 200 * (y - z);
  }
  return lab;
}

/** The inverse of `toLab`, colours beyond sRGB put on its edge, decimals cut off (as torchstain and Slideflow do). */
export function fromLab(lab: Float64Array): Uint8Array<ArrayBuffer> {
  const colors = new Uint8Array(lab.length);
  const [red, green, blue] = FROM_XYZ;
  for (let i = 0; i < lab.length; i += 3) {
    const bentY = ((lab[i] ?? 0) + 16) / 116;
    const x = unbend(bentY + (lab[i + 1] ?? 0) / 500) * WHITE_X;
    const y = unbend(bentY);
    const z = unbend(bentY - (lab[i + 2] ?? 0) / 200) * WHITE_Z;
    colors[i] = shownValue(red.byX * x + red.byY * y + red.byZ * z);
    colors[i + 1] = shownValue(green.byX * x + green.byY * y + green.byZ * z);
    colors[i + 2] = shownValue(blue.byX * x + blue.byY * y + blue.byZ * z);
  }
  return colors;
}

const bend = (light: number) => (light > ROOT_FROM ? Math.cbrt(light) : SLOPE * light + OFFSET);
const unbend = (bent: number) => (bent > ROOT_TO ? bent * bent * bent : (bent - OFFSET) / SLOPE);

/** The 8-bit value of a light, decimals cut off. */
function shownValue(light: number): number {
  if (!(light > 0)) return 0;
  if (light >= 1) return 255;
  let value = NEAR[Math.floor(light * STEPS)] ?? 0;
  while ((LIGHT[value + 1] ?? 2) <= light) value++;
  return value;
}

/** Red, green and blue by x, y and z: the inverse by cofactors. */
function invert([a, b, c, d, e, f, g, h, i]: typeof TO_XYZ) {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const row = (byX: number, byY: number, byZ: number) => ({
    byX: byX / determinant,
    byY: byY / determinant,
    byZ: byZ / determinant,
  });
  return [
    row(e * i - f * h, c * h - b * i, b * f - c * e),
    row(f * g - d * i, a * i - c * g, c * d - a * f),
    row(d * h - e * g, b * g - a * h, a * e - b * d),
  ] as const;
}
