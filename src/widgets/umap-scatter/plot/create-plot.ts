import { classAnchors, type NamedClasses } from "../../plane/overlay/class-anchors.ts";
import { buildSurface } from "../../plane/surface.ts";
import { turnOnto } from "../../plane/turn-onto.ts";
import { noTurn, type Turn } from "../../plane/view.ts";
import { Interaction } from "./interaction.ts";
import type { Plot, PlotOptions } from "./plot-options.ts";
import { Stage } from "./stage.ts";

/** Draw a map into `body` and make it touchable, until the signal aborts. */
export function createPlot(body: HTMLElement, options: PlotOptions): Plot {
  const { signal, renderer = "auto" } = options;
  const surface = buildSurface(body, signal);
  const stage = new Stage(body, surface, renderer, options.onNotice, signal, options.fewestDrawnThere);
  const interaction = new Interaction(body, surface.element, stage, options);
  let classes: NamedClasses | null = null;
  let reference: { readonly positions: Float32Array; readonly turn: Turn } | null = null;

  const nameClasses = () => {
    const { positions } = stage.scene;
    stage.mark({ anchors: classes && positions.length > 0 ? classAnchors(positions, classes) : [] });
  };

  return {
    setPositions(positions, { settling, line = null }) {
      const turn = reference ? turnOnto(positions, reference.positions, reference.turn) : noTurn;
      stage.show(positions, turn, settling, line);
      interaction.follow(positions, settling);
      nameClasses();
    },
    alignTo(positions) {
      reference = positions && { positions, turn: stage.view.turn };
    },
    setColors: (colors) => stage.color(colors),
    setMask: (mask, how) => mask !== stage.scene.mask && stage.change({ mask }, how),
    setHovered: (hovered) => hovered !== stage.marking.hovered && stage.mark({ hovered }),
    setCurrent: (current) => stage.mark({ current }),
    setNeighbors: (neighbors) => stage.mark({ neighbors }),
    setClassNames(named) {
      classes = named;
      nameClasses();
    },
    setAxisNames: (axes) => stage.mark({ axes }),
    setTool(tool) {
      interaction.tool = tool;
    },
    setFullScreen(isFullScreen) {
      interaction.isFullScreen = isFullScreen;
    },
    themeChanged: () => stage.readTheme(),
    fit: () => stage.camera.fit(),
    zoomBy: (factor) => stage.camera.glideBy(factor),
    choose: (row) => interaction.choose(row),
    markOf: (row) => stage.markOf(row),
    redraw: () => stage.redraw(),
    whenDrawn: () => stage.whenDrawn(),
    async whenSettled() {
      await Promise.all([stage.whenSettled(), interaction.whenReady()]);
    },
    get view() {
      return stage.view;
    },
    get diameter() {
      return stage.discDiameter;
    },
  };
}
