/** A mark on the body, CSS pixels. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface RingColors {
  readonly text: string;
  readonly page: string;
}

const AWAY = 3;

/** One ring for the hovered row, two for the current one: 2 px of text colour inside 1 px of page colour. */
export function drawRing(context: CanvasRenderingContext2D, mark: Mark, rings: 1 | 2, colors: RingColors): void {
  for (let ring = 0; ring < rings; ring++) {
    const radius = mark.radius + AWAY + 4 * ring;
    for (const [style, width] of [
      [colors.page, 4],
      [colors.text, 2],
    ] as const) {
      context.beginPath();
      context.arc(mark.x, mark.y, radius, 0, 2 * Math.PI);
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
  }
}

/** Hairlines from a mark to others: long ones show where the map lies about who is near whom. */
export function drawHairlines(
  context: CanvasRenderingContext2D,
  from: Mark,
  to: readonly (readonly [x: number, y: number])[],
  colors: RingColors,
): void {
  context.beginPath();
  for (const [x, y] of to) {
    context.moveTo(from.x, from.y);
    context.lineTo(x, y);
  }
  context.lineCap = "butt";
  context.globalAlpha = 0.6;
  context.strokeStyle = colors.page;
  context.lineWidth = 3;
  context.stroke();
  context.globalAlpha = 0.75;
  context.strokeStyle = colors.text;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 1;
}
