/** The part of an anywidget model that the adapters use; ipywidgets, marimo and exported pages all give it. */
export interface HostModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: ModelListener): void;
  off(event: string, listener: ModelListener): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  readonly widget_manager?: ModelManager | undefined;
}

/** What an event brings differs from host to host: only `msg:custom` (content, buffers) is the same in all. */
export type ModelListener = (...values: readonly unknown[]) => void;

export interface ModelManager {
  get_model(id: string): Promise<HostModel>;
  /** Only Jupyter's own managers have it. */
  readonly kernel?: KernelConnection | null | undefined;
}

/** What is used of `@jupyterlab/services`' `IKernelConnection`. */
export interface KernelConnection {
  readonly status: string;
  readonly isDisposed: boolean;
  readonly statusChanged: KernelEvent;
  readonly disposed: KernelEvent;
}

export interface KernelEvent {
  connect(slot: () => void): unknown;
  disconnect(slot: () => void): unknown;
}
