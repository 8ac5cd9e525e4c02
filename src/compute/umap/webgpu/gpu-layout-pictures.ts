import type { Gpu } from "../../webgpu/gpu.ts";
import type { GPUBuffer } from "../../webgpu/webgpu-types.ts";
import type { LayoutPictures, PictureAsk } from "../layout/layout-pictures.ts";
import { GpuPointPainter, type PointStyles } from "./gpu-draw-points.ts";

/** Whoever has asked within so long shows pictures. Longer than the second between two where motion is reduced. */
const ASKED_MS = 2000;

/** Answers the asks for pictures of a layout on the GPU, from the buffer that its rounds write. */
export class GpuLayoutPictures {
  readonly #painters = new Map<number, { readonly painter: GpuPointPainter; readonly styles: PointStyles }>();
  #ready: { readonly ask: PictureAsk; readonly painter: GpuPointPainter }[] = [];
  /** Pictures on their way: as many as there are views, and no others before they have arrived. */
  #drawing: Promise<void> | null = null;
  #lastAsk = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly gpu: Gpu,
    private readonly line: LayoutPictures,
  ) {}

  /** Somebody shows pictures, and so needs positions only now and then. */
  get areAsked(): boolean {
    return performance.now() - this.#lastAsk < ASKED_MS;
  }

  /** Take what was asked for; `draw` draws it. */
  async prepare(): Promise<void> {
    if (this.#drawing) return;
    for (const ask of this.line.takeAsks()) {
      this.#lastAsk = performance.now();
      const styles = this.line.stylesOf(ask.view);
      if (styles) this.#ready.push({ ask, painter: await this.#painterFor(ask.view, styles) });
    }
  }

  /**
   * The pictures asked for, of the positions as all submitted before leaves them. Waits for nothing.
   *
   * @returns Whether any was asked for.
   */
  draw(positions: GPUBuffer): boolean {
    if (this.#ready.length === 0) return false;
    const drawn = this.#ready.map(async ({ ask: { view, number, picture }, painter }) =>
      this.line.answer({ ...(await painter.draw(positions, picture)), view, number }),
    );
    this.#ready = [];
    // A device that fails fails the layout too, and that tells it.
    this.#drawing = Promise.allSettled(drawn).then(() => {
      this.#drawing = null;
    });
    return true;
  }

  /** Give all buffers back once no picture is on its way. */
  async release(): Promise<void> {
    await this.#drawing;
    for (const { painter } of this.#painters.values()) painter.release();
    this.#painters.clear();
  }

  async #painterFor(view: number, styles: PointStyles): Promise<GpuPointPainter> {
    const known = this.#painters.get(view);
    if (known?.styles === styles) return known.painter;
    known?.painter.release();
    this.#painters.delete(view);
    const painter = await GpuPointPainter.create(this.gpu, styles);
    this.#painters.set(view, { painter, styles });
    return painter;
  }
}
