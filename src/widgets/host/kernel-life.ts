import type { HostModel, KernelConnection } from "./host-model.ts";
import type { ModelRelay } from "./model-relay.ts";

/** What the host knows about the kernel: most hosts tell nothing. */
export type KernelState = "dead" | "busy" | "idle" | "unknown";

export interface KernelLife {
  state(): KernelState;
  /** Called once, when the host says that the kernel, or the line to it, has ended. */
  onDeath(listener: () => void): void;
}

const ENDED = new Set(["dead", "terminating", "restarting", "autorestarting"]);

/** Follow the kernel behind a model until `signal` aborts. */
export function watchKernel(relay: ModelRelay, id: string, signal: AbortSignal): KernelLife {
  const kernel = relay.model?.widget_manager?.kernel ?? null;
  const listeners = new Set<() => void>();
  let dead = false;
  const die = () => {
    if (dead || signal.aborted) return;
    dead = true;
    for (const listener of listeners) listener();
  };
  if (kernel) listenToKernel(kernel, die, signal);
  relay.on("comm:close", die);
  void followComm(relay, id, die);
  return {
    state() {
      if (dead) return "dead";
      const status = kernel?.status;
      return status === "busy" || status === "idle" ? status : "unknown";
    },
    onDeath(listener) {
      listeners.add(listener);
      if (dead) listener();
    },
  };
}

function listenToKernel(kernel: KernelConnection, die: () => void, signal: AbortSignal): void {
  const look = () => {
    if (kernel.isDisposed || ENDED.has(kernel.status)) die();
  };
  kernel.statusChanged.connect(look);
  kernel.disposed.connect(look);
  signal.addEventListener(
    "abort",
    () => {
      kernel.statusChanged.disconnect(look);
      kernel.disposed.disconnect(look);
    },
    { once: true },
  );
  look();
}

/** ipywidgets says on the model itself whether its comm is open; anywidget's own model object hides that. */
async function followComm(relay: ModelRelay, id: string, die: () => void): Promise<void> {
  const found: (HostModel & { readonly comm_live?: boolean }) | undefined = await relay.model?.widget_manager
    ?.get_model(id)
    .catch(() => undefined);
  if (!found) return;
  const look = () => {
    if (found.comm_live === false) die();
  };
  relay.on("comm_live_update", look);
  look();
}
