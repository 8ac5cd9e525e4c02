import { hasRow } from "../../../compute/selection/row-mask.ts";
import { applyAffine } from "../view.ts";
import { interleavedOrder } from "./interleaved-order.ts";
import type { Painter } from "./painter.ts";
import { type Frame, ringWidth, type Scene, type ShapeMarks } from "./scene.ts";

/** Rows a slice: a few ms of work. */
const SLICE = 8192;
/** Around each shape, in the page's colour: two that overlap are told apart. CSS-like pixels of the picture. */
const HALO = 1;

/** Marks as shapes in system colours, for pages where colours are forced; drawn one over the other, nothing is summed. */
export class ShapePainter implements Painter {
  readonly isReady = true;
  readonly #canvas = document.createElement("canvas");
  #scene: Scene | null = null;
  #frame: Frame | null = null;
  #order: Uint32Array = new Uint32Array(0);

  *sum(scene: Scene, frame: Frame): Generator<void, void> {
    const { marks, mask } = scene;
    this.#scene = null;
    this.#canvas.width = frame.width;
    this.#canvas.height = frame.height;
    const context = this.#canvas.getContext("2d");
    if (!context) throw new Error("This browser gave no canvas to draw on.");
    if (!marks) return;
    const rows = scene.positions.length >> 1;
    if (this.#order.length !== rows) this.#order = interleavedOrder(rows);
    for (const [color, isWanted] of [
      [marks.grey, (row: number) => mask !== null && !hasRow(mask, row)],
      [marks.ink, (row: number) => mask === null || hasRow(mask, row)],
    ] as const) {
      const stamps = new Stamps(marks, color, frame.diameter);
      for (let from = 0; from < rows; from += SLICE) {
        for (const row of this.#order.subarray(from, from + SLICE))
          if (isWanted(row)) stamp(context, stamps, scene, frame, row);
        yield;
      }
    }
    this.#scene = scene;
    this.#frame = frame;
  }

  holds(scene: Scene, frame: Frame): boolean {
    return this.#scene === scene && this.#frame === frame;
  }

  denseCount(): number {
    return 1;
  }

  show(onto: CanvasRenderingContext2D): void {
    onto.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    if (this.#canvas.width > 0) onto.drawImage(this.#canvas, 0, 0);
  }
}

function stamp(context: CanvasRenderingContext2D, stamps: Stamps, scene: Scene, frame: Frame, row: number): void {
  const { positions, codes } = scene;
  const [x, y] = applyAffine(frame.affine, positions[2 * row] ?? Number.NaN, positions[2 * row + 1] ?? Number.NaN);
  const reach = stamps.size / 2;
  // Written so that positions that are not finite are left out as well.
  if (!(x > -reach && y > -reach && x < frame.width + reach && y < frame.height + reach)) return;
  context.drawImage(stamps.of(codes?.[row] ?? 0), Math.round(x - reach), Math.round(y - reach));
}

/** Each shape drawn once. */
class Stamps {
  readonly size: number;
  readonly #made = new Map<number, HTMLCanvasElement>();

  constructor(
    private readonly marks: ShapeMarks,
    private readonly color: string,
    private readonly diameter: number,
  ) {
    // Shapes with corners reach a little further than discs.
    this.size = Math.ceil(1.25 * diameter) + 2 * HALO + 1;
  }

  of(code: number): HTMLCanvasElement {
    const known = this.#made.get(code);
    if (known) return known;
    const made = this.#draw(this.marks.shapes[code]);
    this.#made.set(code, made);
    return made;
  }

  /** @param shape Undefined: a row without a class, drawn as a hollow ring. */
  #draw(shape: string | undefined): HTMLCanvasElement {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = this.size;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser gave no canvas to draw on.");
    const radius = this.diameter / 2;
    context.translate(this.size / 2, this.size / 2);
    context.lineJoin = "round";
    if (shape === undefined) {
      const width = ringWidth(this.diameter);
      context.arc(0, 0, radius - width / 2, 0, 2 * Math.PI);
      context.strokeStyle = this.color;
      context.lineWidth = width;
      context.stroke();
      return canvas;
    }
    context.scale(radius, radius);
    const path = new Path2D(shape);
    context.strokeStyle = this.marks.page;
    context.lineWidth = (2 * HALO) / radius;
    context.stroke(path);
    context.fillStyle = this.color;
    context.fill(path);
    return canvas;
  }
}
