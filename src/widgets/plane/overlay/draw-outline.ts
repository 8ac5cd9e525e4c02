/** The outline of a selecting drag: 1.5 px of text colour, a page-coloured halo of 1 px, 6 % of fill. */
export function drawOutline(
  context: CanvasRenderingContext2D,
  corners: readonly (readonly [x: number, y: number])[],
  colors: { readonly text: string; readonly page: string },
): void {
  context.beginPath();
  for (const [x, y] of corners) context.lineTo(x, y);
  context.closePath();
  context.globalAlpha = 0.06;
  context.fillStyle = colors.text;
  context.fill("evenodd");
  context.globalAlpha = 1;
  context.lineJoin = "round";
  context.strokeStyle = colors.page;
  context.lineWidth = 3.5;
  context.stroke();
  context.strokeStyle = colors.text;
  context.lineWidth = 1.5;
  context.stroke();
}
