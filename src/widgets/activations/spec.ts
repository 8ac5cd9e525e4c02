import type { WidgetSpec } from "../host/contract.ts";
import { type ActivationsProps, acceptProps, activationsDefaults } from "./props.ts";
import { ActivationsSession } from "./session.ts";

/** What a model's layers say of pictures, as a line: how far it is, then how much there is. */
export const activationsSpec: WidgetSpec<ActivationsProps> = {
  name: "activations",
  defaults: activationsDefaults,
  accept: acceptProps,
  open: (props, host) => new ActivationsSession(props, host),
};
