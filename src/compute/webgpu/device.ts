import { Gpu } from "./gpu.ts";
import type { GPU, GPUAdapter } from "./webgpu-types.ts";

/** Why there is no GPU to compute with, in a sentence for the status line. */
export interface NoGpu {
  readonly missing: string;
}

/** Names under which processors emulate a GPU: SwiftShader (Chromium), llvmpipe and lavapipe (Mesa), WARP (Windows). */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|\bcpu\b/i;

/** The worker's one device, its compiled pipelines with it; requested anew after it was lost. */
let held: Promise<Gpu | NoGpu> | undefined;

/**
 * The GPU of this page or worker, with core limits and no optional features.
 *
 * @param acceptsSoftware Take a GPU that the processor emulates too.
 */
export async function requestGpu(acceptsSoftware: boolean): Promise<Gpu | NoGpu> {
  const own = held ?? openDevice();
  held = own;
  const known = await own;
  if (!(known instanceof Gpu)) {
    // A page may have been asked too early: after a driver's restart there can be an adapter.
    if (held === own) held = undefined;
    return known;
  }
  if (!known.isUsable) {
    if (held === own) held = undefined;
    known.release();
    return requestGpu(acceptsSoftware);
  }
  if (known.isSoftware && !acceptsSoftware) return { missing: "CPU: this browser's WebGPU is emulated in software." };
  return known;
}

async function openDevice(): Promise<Gpu | NoGpu> {
  const { navigator, isSecureContext } = globalThis as { navigator?: { gpu?: GPU }; isSecureContext?: boolean };
  if (isSecureContext === false) return { missing: "CPU: WebGPU needs https or localhost." };
  if (!navigator?.gpu) return { missing: "CPU: this browser has no WebGPU." };
  try {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return { missing: "CPU: no graphics adapter was found." };
    return new Gpu(await adapter.requestDevice(), adapter.info, isEmulated(adapter));
  } catch (thrown) {
    return { missing: `CPU: the graphics adapter could not be opened (${messageOf(thrown)}).` };
  }
}

function isEmulated(adapter: GPUAdapter): boolean {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  return (
    isFallbackAdapter === true ||
    adapter.isFallbackAdapter === true ||
    SOFTWARE.test([vendor, architecture, device, description].join(" "))
  );
}

function messageOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, "");
}
