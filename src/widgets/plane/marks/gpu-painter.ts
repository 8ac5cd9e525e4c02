import type { Rgb } from "../../theme/rgb.ts";
import { CountHistogram, DENSE_SHARE } from "./count-histogram.ts";
import { GpuRows } from "./gpu-rows.ts";
import type { Tone } from "./ink.ts";
import type { Painter } from "./painter.ts";
import { type Frame, ringWidth, type Scene } from "./scene.ts";
import type { GlKit, SharedGl } from "./shared-gl.ts";

/** Draws one plot in the page's WebGL2 context and copies the result into the plot's own canvas. */
export class GpuPainter implements Painter {
  #rows: GpuRows | null = null;
  #scene: Scene | null = null;
  #frame: Frame | null = null;

  constructor(
    private readonly shared: SharedGl,
    signal: AbortSignal,
  ) {
    shared.onChange(() => {
      this.#rows = null;
      this.#scene = null;
    }, signal);
    signal.addEventListener("abort", () => this.#free(), { once: true });
  }

  get isReady(): boolean {
    return !this.shared.gl.isContextLost();
  }

  *sum(scene: Scene, frame: Frame): Generator<void, void> {
    // The GPU works beside the page: sending it the commands is one slice.
    yield;
    const kit = this.shared.reserve(frame.width, frame.height);
    if (!kit) return;
    const { gl } = this.shared;
    this.#rows ??= new GpuRows(gl);
    gl.activeTexture(gl.TEXTURE0);
    this.#rows.bind(scene);
    this.#useMarks(kit, scene, frame);
    gl.viewport(0, 0, frame.width, frame.height);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE);
    gl.clearColor(0, 0, 0, 0);
    for (const wanted of scene.mask ? [1, 0] : [1]) {
      const [colored, grey] = kit.targets;
      gl.bindFramebuffer(gl.FRAMEBUFFER, (wanted ? colored : grey).framebuffer);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform1f(kit.marks.at("wanted"), wanted);
      gl.drawElements(gl.POINTS, this.#rows.count, gl.UNSIGNED_INT, 0);
    }
    this.shared.owner = this;
    this.#scene = scene;
    this.#frame = frame;
  }

  holds(scene: Scene, frame: Frame): boolean {
    return this.#scene === scene && this.#frame === frame && this.shared.owner === this;
  }

  denseCount(): number {
    const { gl } = this.shared;
    const kit = this.#frame && this.shared.reserve(this.#frame.width, this.#frame.height);
    if (!kit || !this.#scene || !this.#frame) return 1;
    const { width, height } = this.#frame;
    const columns = (width + 1) >> 1;
    const rows = (height + 1) >> 1;
    kit.counts.use();
    this.#bindSums(kit, this.#scene);
    gl.uniform1i(kit.counts.at("coloredSums"), 0);
    gl.uniform1i(kit.counts.at("greySums"), 1);
    gl.uniform1i(kit.counts.at("hasGrey"), this.#scene.mask ? 1 : 0);
    gl.uniform2i(kit.counts.at("last"), width - 1, height - 1);
    this.#fill(kit.targets[2].framebuffer, columns, rows);
    const counts = new Float32Array(4 * columns * rows);
    gl.readPixels(0, 0, columns, rows, gl.RGBA, gl.FLOAT, counts);
    const histogram = new CountHistogram();
    for (let place = 0; place < counts.length; place++) {
      const count = counts[place] as number;
      if (count > 0) histogram.add(count);
    }
    return histogram.percentile(DENSE_SHARE);
  }

  show(onto: CanvasRenderingContext2D, tone: Tone, greyColor: Rgb): void {
    const { gl, canvas } = this.shared;
    const kit = this.#frame && this.shared.reserve(this.#frame.width, this.#frame.height);
    if (!kit || !this.#scene || !this.#frame || !this.#rows) return;
    const { width, height } = this.#frame;
    kit.tone.use();
    this.#bindSums(kit, this.#scene);
    gl.activeTexture(gl.TEXTURE2);
    gl.bindTexture(gl.TEXTURE_2D, this.#rows.palette);
    gl.uniform1i(kit.tone.at("coloredSums"), 0);
    gl.uniform1i(kit.tone.at("greySums"), 1);
    gl.uniform1i(kit.tone.at("palette"), 2);
    gl.uniform1f(kit.tone.at("dense"), tone.dense);
    gl.uniform1f(kit.tone.at("lone"), tone.floor);
    gl.uniform3f(kit.tone.at("greyColor"), greyColor[0] / 255, greyColor[1] / 255, greyColor[2] / 255);
    gl.uniform1i(kit.tone.at("byDensity"), this.#scene.codes ? 0 : 1);
    gl.uniform1i(kit.tone.at("hasGrey"), this.#scene.mask ? 1 : 0);
    this.#fill(null, width, height);
    onto.clearRect(0, 0, width, height);
    // WebGL's pictures begin at the lower left corner of the shared canvas.
    onto.drawImage(canvas, 0, canvas.height - height, width, height, 0, 0, width, height);
  }

  #useMarks({ marks }: GlKit, scene: Scene, frame: Frame): void {
    const { gl } = this.shared;
    marks.use();
    gl.uniformMatrix3x2fv(marks.at("affine"), false, frame.affine);
    gl.uniform2f(marks.at("size"), frame.width, frame.height);
    gl.uniform1f(marks.at("diameter"), frame.diameter);
    gl.uniform1f(marks.at("ring"), ringWidth(frame.diameter));
    gl.uniform1f(marks.at("missing"), scene.codes ? scene.missing : -1);
    gl.uniform1i(marks.at("palette"), 0);
  }

  #bindSums({ targets: [colored, grey] }: GlKit, scene: Scene): void {
    const { gl } = this.shared;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, colored.texture);
    gl.activeTexture(gl.TEXTURE1);
    // Without grey marks nothing is read from the second texture, but it must be one that can be read.
    gl.bindTexture(gl.TEXTURE_2D, scene.mask ? grey.texture : colored.texture);
  }

  #fill(framebuffer: WebGLFramebuffer | null, width: number, height: number): void {
    const { gl } = this.shared;
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.viewport(0, 0, width, height);
    gl.disable(gl.BLEND);
    gl.bindVertexArray(null);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #free(): void {
    if (this.shared.owner === this) this.shared.owner = null;
    if (!this.shared.gl.isContextLost()) this.#rows?.free();
    this.#rows = null;
    this.#scene = null;
  }
}
