/** Where plotly.js looks from, in units of the box around the points. */
export interface SpaceCamera {
  readonly eye: Vector;
  readonly center?: Vector;
}

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** plotly.js's own, to which "fit" goes back. */
export const startCamera: SpaceCamera = { eye: { x: 1.25, y: 1.25, z: 1.25 }, center: { x: 0, y: 0, z: 0 } };

/** From right above or below, left and right would change places; radians from the horizon. */
const STEEPEST = 1.5;

/** The camera `factor` times closer to what it looks at. */
export function nearer(camera: SpaceCamera, factor: number): SpaceCamera {
  const { center, distance, turn, rise } = polar(camera);
  return look(center, distance / factor, turn, rise);
}

/** The camera gone round what it looks at, in radians: `turn` about the vertical, `rise` away from the horizon. */
export function turned(camera: SpaceCamera, by: { readonly turn: number; readonly rise: number }): SpaceCamera {
  const { center, distance, turn, rise } = polar(camera);
  return look(center, distance, turn + by.turn, Math.min(STEEPEST, Math.max(-STEEPEST, rise + by.rise)));
}

function polar({ eye, center = { x: 0, y: 0, z: 0 } }: SpaceCamera) {
  const [x, y, z] = [eye.x - center.x, eye.y - center.y, eye.z - center.z];
  const distance = Math.hypot(x, y, z);
  return { center, distance, turn: Math.atan2(y, x), rise: Math.asin(z / distance) };
}

function look(center: Vector, distance: number, turn: number, rise: number): SpaceCamera {
  const flat = distance * Math.cos(rise);
  return {
    center,
    eye: {
      x: center.x + flat * Math.cos(turn),
      y: center.y + flat * Math.sin(turn),
      z: center.z + distance * Math.sin(rise),
    },
  };
}
