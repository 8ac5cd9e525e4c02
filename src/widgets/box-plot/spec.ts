import type { WidgetSpec } from "../host/contract.ts";
import { acceptProps, type BoxPlotProps, boxPlotDefaults } from "./props.ts";
import { BoxPlotSession } from "./session.ts";

/** Which units tell the classes, or a selection, apart: ranked, tested at the level of slides, and drawn. */
export const boxPlotSpec: WidgetSpec<BoxPlotProps> = {
  name: "box-plot",
  defaults: boxPlotDefaults,
  accept: acceptProps,
  open: (props, host) => new BoxPlotSession(props, host),
};
