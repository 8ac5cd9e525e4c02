import type { Session, WidgetSpec } from "./contract.ts";

/**
 * A spec whose properties a host need not know. Sound, because a host only passes on to `open` and `update` what
 * the same spec's `accept` gave it.
 */
export function eraseProps<Props extends object>(spec: WidgetSpec<Props>): WidgetSpec<object> {
  return {
    name: spec.name,
    defaults: spec.defaults,
    accept: (input) => spec.accept(input),
    open: (props, host) => spec.open(props as Props, host) as Session<object>,
  };
}
