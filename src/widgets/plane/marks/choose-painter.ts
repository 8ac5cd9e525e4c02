import { CpuPainter } from "./cpu-painter.ts";
import { GpuPainter } from "./gpu-painter.ts";
import type { Painter } from "./painter.ts";
import { isSoftwareGl, sharedGl } from "./shared-gl.ts";

/** "auto" takes WebGL where a GPU runs it. */
export type Renderer = "auto" | "webgl" | "cpu";

/**
 * The painter for one plot. Emulated WebGL is passed over: SwiftShader takes 1,050 ms for a million marks of 1.5
 * pixels, the plain rasteriser 90 ms on the same two cores, and both draw the same picture.
 *
 * @param onGpuChange Called when the GPU is lost and when it is back: draw again.
 */
export function choosePainter(renderer: Renderer, onGpuChange: () => void, signal: AbortSignal): Painter {
  const shared = renderer === "cpu" ? null : sharedGl();
  if (!shared || (renderer === "auto" && isSoftwareGl(shared))) return new CpuPainter();
  shared.onChange(onGpuChange, signal);
  return new GpuPainter(shared, signal);
}
