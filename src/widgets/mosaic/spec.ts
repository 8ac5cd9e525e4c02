import type { WidgetSpec } from "../host/contract.ts";
import { acceptProps, type MosaicProps, mosaicDefaults } from "./props.ts";
import { MosaicSession } from "./session.ts";

/** The pictures themselves on the map: tiles in a grid, each cell showing one of those that lie there. */
export const mosaicSpec: WidgetSpec<MosaicProps> = {
  name: "mosaic",
  defaults: mosaicDefaults,
  accept: acceptProps,
  open: (props, host) => new MosaicSession(props, host),
};
