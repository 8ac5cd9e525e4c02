import type { RawPixels } from "../raw-pixels.ts";

let created: UnmultipliedReader | undefined;

/**
 * Pictures with opacity, their colours as they are stored. Whatever passes a canvas or a video frame has had its colours
 * multiplied by the opacity in between: (255, 255, 255, 0) comes back black. A texture takes and gives them as they are.
 */
export class UnmultipliedReader {
  private constructor(private readonly gl: WebGL2RenderingContext) {}

  /** The one of this page or worker, another where its context was lost; null where there is no WebGL. */
  static shared(): UnmultipliedReader | null {
    if (created?.gl.isContextLost()) created = undefined;
    created ??= UnmultipliedReader.create() ?? undefined;
    return created ?? null;
  }

  static create(): UnmultipliedReader | null {
    const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
    return gl && new UnmultipliedReader(gl);
  }

  /**
   * @returns null where the picture is larger than a texture can be.
   * @throws {DOMException} when the bytes are no picture.
   */
  async read(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<RawPixels | null> {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }), {
      premultiplyAlpha: "none",
      colorSpaceConversion: "none",
    });
    try {
      return this.#read(bitmap);
    } finally {
      bitmap.close();
    }
  }

  #read(bitmap: ImageBitmap): RawPixels | null {
    const { gl } = this;
    const { width, height } = bitmap;
    const most: unknown = gl.getParameter(gl.MAX_TEXTURE_SIZE);
    if (typeof most !== "number" || Math.max(width, height) > most) return null;
    const texture = gl.createTexture();
    const frame = gl.createFramebuffer();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    const pixels = new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    const isRead = gl.getError() === gl.NO_ERROR;
    gl.deleteFramebuffer(frame);
    gl.deleteTexture(texture);
    return isRead ? { pixels, width, height, channels: 4 } : null;
  }
}
