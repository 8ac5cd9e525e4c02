import { classColors } from "./palette.ts";

/**
 * A shape for each class colour, where the system allows no colours (forced colours): SVG path data around the origin,
 * within a radius of about 1, of about the same ink. In order: disc, triangle, square, saltire, diamond, cross,
 * triangle on its tip, star, lying bar, standing bar.
 */
export const classShapes = [
  "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  "M0 -1.1L1.05 .8H-1.05Z",
  "M-.88 -.88H.88V.88H-.88Z",
  "M.46 -.95L.95 -.46L.49 0L.95 .46L.46 .95L0 .49L-.46 .95L-.95 .46L-.49 0L-.95 -.46L-.46 -.95L0 -.49Z",
  "M0 -1.2L.85 0L0 1.2L-.85 0Z",
  "M-.33 -1.05H.33V-.33H1.05V.33H.33V1.05H-.33V.33H-1.05V-.33H-.33Z",
  "M0 1.1L-1.05 -.8H1.05Z",
  "M0 -1.15L.29 -.41L1.09 -.36L.47 .15L.68 .93L0 .5L-.68 .93L-.47 .15L-1.09 -.36L-.29 -.41Z",
  "M-1.15 -.38H1.15V.38H-1.15Z",
  "M-.38 -1.15H.38V1.15H-.38Z",
] as const;

/** The shape that stands for a class colour; null for a colour of no class (a step of a scale). */
export function shapeOf(color: string): string | null {
  return classShapes[classColors.indexOf(color as (typeof classColors)[number])] ?? null;
}
