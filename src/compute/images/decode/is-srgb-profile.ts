/** Red, green and blue of sRGB as ICC profiles hold them, adapted to D50 (IEC 61966-2-1, in the figures of skcms). */
const COLORANTS = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
} as const;
/** Exponent, then a, b, c and d of sRGB's curve as ICC writes it: (aX + b)^g from d on, cX below. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] as const;
/** Two more of the curve's other form, an offset for each part. */
const OFFSETS = [0, 0] as const;
const NEAR = 0.0005;
/** Tags whose tables are used instead of colorants and curves. */
const TABLES = new Set(["A2B0", "A2B1", "A2B2", "D2B0", "D2B1", "D2B2"]);
const TAG_COUNT = 128;
const TAG_LENGTH = 12;

/**
 * True for an ICC profile of nothing but sRGB's own primaries and its curve in parameters, as browsers write it into what
 * is saved of a canvas: pixels stay what they are. A curve in a table counts as another profile.
 */
export function isSrgbProfile(profile: DataView): boolean {
  if (profile.byteLength < TAG_COUNT + 4 || textAt(profile, 16) !== "RGB " || textAt(profile, 20) !== "XYZ ")
    return false;
  const tags = new Map<string, number>();
  const count = profile.getUint32(TAG_COUNT);
  for (let tag = 0, at = TAG_COUNT + 4; tag < count; tag++, at += TAG_LENGTH) {
    if (at + TAG_LENGTH > profile.byteLength) return false;
    tags.set(textAt(profile, at), profile.getUint32(at + 4));
  }
  if ([...tags.keys()].some((name) => TABLES.has(name))) return false;
  const isCurve = (at: number | undefined) => at !== undefined && isSrgbCurve(profile, at);
  return (
    Object.entries(COLORANTS).every(([name, color]) => {
      const at = tags.get(name);
      return at !== undefined && areNear(profile, at + 8, color);
    }) && ["rTRC", "gTRC", "bTRC"].every((name) => isCurve(tags.get(name)))
  );
}

function isSrgbCurve(profile: DataView, at: number): boolean {
  if (at + 12 > profile.byteLength || textAt(profile, at) !== "para") return false;
  const form = profile.getUint16(at + 8);
  if (form !== 3 && form !== 4) return false;
  return areNear(profile, at + 12, form === 3 ? CURVE : [...CURVE, ...OFFSETS]);
}

/** Numbers of 16 bits before and 16 after the point. */
function areNear(profile: DataView, at: number, expected: readonly number[]): boolean {
  if (at + 4 * expected.length > profile.byteLength) return false;
  return expected.every((number, place) => Math.abs(profile.getInt32(at + 4 * place) / 65536 - number) <= NEAR);
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place)));
}
