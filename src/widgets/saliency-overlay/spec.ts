import type { WidgetSpec } from "../host/contract.ts";
import { acceptProps, type SaliencyOverlayProps, saliencyOverlayDefaults } from "./props.ts";
import { SaliencyOverlaySession } from "./session.ts";

/** What of a picture a model's answer stands on, over the picture. */
export const saliencyOverlaySpec: WidgetSpec<SaliencyOverlayProps> = {
  name: "saliency-overlay",
  defaults: saliencyOverlayDefaults,
  accept: acceptProps,
  open: (props, host) => new SaliencyOverlaySession(props, host),
};
