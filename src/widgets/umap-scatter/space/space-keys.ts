import { maskOf } from "../../../compute/selection/row-mask.ts";
import type { ViewKeys } from "../../plane/input/listen-plane-keys.ts";
import type { ScatterSession } from "../session.ts";
import { nearer, startCamera, turned } from "./space-camera.ts";
import type { ThreeDView } from "./three-d.ts";

/** Radians that an arrow with Shift turns the map. */
const TURN_STEP = Math.PI / 18;

/** What the keys of the flat map do to one in space. */
export function spaceKeys(
  session: Pick<ScatterSession, "rows" | "count">,
  view: ThreeDView,
  onHover: (row: number) => void,
): ViewKeys {
  const { rows } = session;
  return {
    step(x, y) {
      const row = view.beside(rows.hovered >= 0 ? rows.hovered : rows.current, [x, y]);
      if (row >= 0) onHover(row);
    },
    moveView: (x, y) =>
      view.look((camera) => turned(camera, { turn: -Math.sign(x) * TURN_STEP, rise: Math.sign(y) * TURN_STEP })),
    zoom: (factor) => view.look((camera) => nearer(camera, factor)),
    fit: () => view.look(() => startCamera),
    choose() {
      const row = rows.hovered;
      if (row < 0) return false;
      rows.select(maskOf([row], session.count));
      rows.look(row);
      return true;
    },
  };
}
