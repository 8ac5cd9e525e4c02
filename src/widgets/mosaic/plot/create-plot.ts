import { chooseTileBy, gridDefaults } from "../../../compute/mosaic/index.ts";
import { classAnchors } from "../../plane/overlay/class-anchors.ts";
import { buildSurface } from "../../plane/surface.ts";
import { MapCells } from "./cells/map-cells.ts";
import { Interaction } from "./interaction.ts";
import type { MosaicPlot, MosaicPlotOptions } from "./plot-options.ts";
import { Stage } from "./stage.ts";

/** Draw a mosaic into `body` and make it touchable, until the signal aborts. */
export function createMosaicPlot(body: HTMLElement, options: MosaicPlotOptions): MosaicPlot {
  const { signal } = options;
  const surface = buildSurface(body, signal);
  const stage = new Stage(body, surface, options, signal);
  const interaction = new Interaction(body, surface.element, stage, options);
  let isNaming = true;
  const nameClasses = () => {
    const { coloring } = stage.looks.looks;
    const classes = isNaming && coloring?.kind === "categories" ? coloring : null;
    stage.mark({ anchors: classes && stage.cells ? classAnchors(stage.cells.positions, classes) : [] });
  };

  return {
    setGrid(grid, positions, { settling = false, chooseTile = null, expandsTo = null } = {}) {
      interaction.forget();
      const choose = chooseTile ?? chooseTileBy(positions, gridDefaults, null);
      stage.show(grid && new MapCells(grid, positions, choose, expandsTo), settling);
      nameClasses();
    },
    setPictures: (images, stain) => stage.setPictures(images, stain),
    setPaint(paint, coloring) {
      stage.setLooks({ paint, coloring });
      nameClasses();
    },
    setClassMarks: (marks) => stage.setMarks(marks),
    setClassNames(isShown) {
      isNaming = isShown;
      nameClasses();
    },
    setMask(mask, how) {
      if (mask !== stage.looks.looks.mask) stage.setLooks({ mask }, how?.fades);
    },
    setFocus: (focus) => stage.setLooks({ focus }),
    setMode(mode) {
      interaction.forget();
      stage.setMode(mode);
    },
    setBackground: (color) => stage.setBackground(color),
    setHovered: (hovered) => hovered !== stage.marking.hovered && stage.mark({ hovered }),
    setCurrent: (current) => stage.mark({ current }),
    setAxisNames: (axes) => stage.mark({ axes }),
    setTool(tool) {
      interaction.tool = tool;
    },
    setFullScreen(isFullScreen) {
      interaction.isFullScreen = isFullScreen;
    },
    themeChanged: () => stage.readTheme(),
    fit() {
      interaction.close();
      stage.camera.fit();
    },
    zoomBy(factor) {
      interaction.close();
      stage.camera.glideBy(factor);
    },
    choose: (row) => interaction.choose(row),
    cellOf: (row) => interaction.picking.cellOf(interaction.picking.holding(row).index),
    pictureOf: (row) => stage.pictureOf(row),
    redraw: () => stage.redraw(),
    whenDrawn: () => stage.whenDrawn(),
    whenSettled: () => stage.whenSettled(),
    get view() {
      return stage.view;
    },
    get level() {
      return stage.level;
    },
    get cells() {
      return stage.cells?.cellsIn(stage.view) ?? null;
    },
    get diameter() {
      return stage.diameter;
    },
    textureBytes: () => stage.textureBytes,
  };
}
