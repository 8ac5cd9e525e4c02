import type { Preprocessing } from "../../../compute/features/preprocess/preprocessing.ts";

/** Where pictures keep their own size. */
export const OWN_SIZE = "their own";

/** "224 × 224", width first, as pictures are told of. */
export function sizeText(size: Preprocessing["size"]): string {
  return size ? `${size.width} × ${size.height}` : OWN_SIZE;
}

/** From "224", "224 x 224", "320 × 240", or nothing for their own; undefined where it is no size. */
export function readSize(text: string): Preprocessing["size"] | undefined {
  if (text === "" || text === OWN_SIZE) return null;
  const [, first, second] = /^(\d{1,5})(?:\s*[x×,]\s*(\d{1,5}))?$/i.exec(text) ?? [];
  if (first === undefined) return undefined;
  const size = { height: Number(second ?? first), width: Number(first) };
  return size.height > 0 && size.width > 0 ? size : undefined;
}

/** Factors as people write them: "1/255", "1/127.5", else the number. */
export function scaleText(scale: number): string {
  const divisor = Number((1 / scale).toPrecision(6));
  return Math.abs(scale) < 1 && 1 / divisor === scale ? `1/${divisor}` : String(scale);
}

/** From "1/255" or a number other than 0; undefined where it is neither. */
export function readScale(text: string): number | undefined {
  const parts = text.split("/").map(readNumber);
  const [over, under = 1] = parts;
  if (parts.length > 2 || over === undefined || parts.includes(undefined)) return undefined;
  const scale = over / under;
  return Number.isFinite(scale) && scale !== 0 ? scale : undefined;
}

/** "0.485, 0.456, 0.406", or the one that serves all channels. */
export function figuresText(figures: readonly number[]): string {
  return figures.join(", ");
}

/** One number or one a channel; undefined where it is neither. */
export function readFigures(text: string, channels: number): readonly number[] | undefined {
  const figures = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(readNumber);
  if (figures.length !== 1 && figures.length !== channels) return undefined;
  return figures.every((figure) => figure !== undefined) ? figures : undefined;
}

function readNumber(text: string): number | undefined {
  const number = Number(text.trim().replace("−", "-"));
  return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
}
