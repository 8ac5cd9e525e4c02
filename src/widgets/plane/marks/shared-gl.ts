import { GlProgram } from "./gl-program.ts";
import { countFragment, markFragment, markVertex, toneFragment, wholeVertex } from "./shaders.ts";

/** A half-float picture to sum into. */
export interface Target {
  readonly texture: WebGLTexture;
  readonly framebuffer: WebGLFramebuffer;
}

/** Everything on the GPU that all plots of a page have in common; gone when the context is lost. */
export interface GlKit {
  readonly marks: GlProgram;
  readonly tone: GlProgram;
  readonly counts: GlProgram;
  /** Sums of marks in colour, of grey marks, and packed counts; at least as large as `reserve` last asked for. */
  readonly targets: readonly [colored: Target, grey: Target, packed: Target];
}

/**
 * The one WebGL2 context of a page: browsers keep 8 to 16 at most, and a notebook has more plots than that. Each plot
 * draws here and copies the result into a plain canvas of its own.
 */
export interface SharedGl {
  readonly gl: WebGL2RenderingContext;
  readonly canvas: OffscreenCanvas;
  /** The kit with targets and canvas of at least this size; null while the context is lost. */
  reserve(width: number, height: number): GlKit | null;
  /** Called when the context is lost and when it is back; either way what was on the GPU is gone. */
  onChange(listener: () => void, signal: AbortSignal): void;
  /** Which plot's sums are in the targets now. */
  owner: object | null;
}

// The number counts changes of the interface above: copies of this code in one page share the context if it is equal.
const KEY = Symbol.for("layerscope.shared-gl.1");
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** The page's context, made at the first call; null where WebGL2 or half-float targets are missing. */
export function sharedGl(): SharedGl | null {
  const page = globalThis as { [KEY]?: SharedGl | null };
  if (page[KEY] === undefined) page[KEY] = makeSharedGl();
  return page[KEY];
}

/** Whether WebGL is emulated on the CPU, by the name of its renderer. */
export function isSoftwareGl({ gl }: SharedGl): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return SOFTWARE.test(String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

function makeSharedGl(): SharedGl | null {
  if (typeof OffscreenCanvas === "undefined") return null;
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext("webgl2", { antialias: false, depth: false, alpha: true, premultipliedAlpha: true });
  if (!gl) return null;
  let kit: GlKit | null = null;
  let size = { width: 0, height: 0 };
  const listeners = new Set<() => void>();

  const shared: SharedGl = {
    gl,
    canvas,
    owner: null,
    reserve(width, height) {
      if (gl.isContextLost()) return null;
      if (kit && width <= size.width && height <= size.height) return kit;
      const larger = { width: Math.max(width, size.width), height: Math.max(height, size.height) };
      canvas.width = larger.width;
      canvas.height = larger.height;
      shared.owner = null;
      const before = kit;
      // Should the GPU refuse the larger targets, the next plot asks for its own anew: those before are gone.
      kit = null;
      kit = makeKit(gl, larger.width, larger.height, before);
      size = larger;
      return kit;
    },
    onChange(listener, signal) {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
  };
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  canvas.addEventListener("webglcontextlost", (event) => {
    // Without this the browser never restores it.
    event.preventDefault();
    kit = null;
    size = { width: 0, height: 0 };
    shared.owner = null;
    tell();
  });
  canvas.addEventListener("webglcontextrestored", () => {
    // Extensions are lost with the context.
    enableFloatTargets(gl);
    tell();
  });
  if (!enableFloatTargets(gl)) return null;
  try {
    return shared.reserve(2, 2) ? shared : null;
  } catch {
    return null;
  }
}

function enableFloatTargets(gl: WebGL2RenderingContext): boolean {
  return [gl.getExtension("EXT_color_buffer_float"), gl.getExtension("EXT_color_buffer_half_float")].some(Boolean);
}

function makeKit(gl: WebGL2RenderingContext, width: number, height: number, before: GlKit | null): GlKit {
  for (const target of before?.targets ?? []) {
    gl.deleteFramebuffer(target.framebuffer);
    gl.deleteTexture(target.texture);
  }
  return {
    marks: before?.marks ?? new GlProgram(gl, markVertex, markFragment, ["position", "style"]),
    tone: before?.tone ?? new GlProgram(gl, wholeVertex, toneFragment),
    counts: before?.counts ?? new GlProgram(gl, wholeVertex, countFragment),
    targets: [
      makeTarget(gl, width, height),
      makeTarget(gl, width, height),
      makeTarget(gl, (width + 1) >> 1, (height + 1) >> 1),
    ],
  };
}

function makeTarget(gl: WebGL2RenderingContext, width: number, height: number): Target {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA16F, width, height);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE)
    throw new Error("This WebGL can't draw into half-float pictures.");
  return { texture, framebuffer };
}
