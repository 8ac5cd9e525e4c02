import { ComputeError } from "../../compute/errors.ts";
import { fitInside } from "../../compute/images/fit-inside.ts";
import type { Job } from "../../compute/job.ts";
import { readPooled } from "./array-pool.ts";
import type { HostServices } from "./contract.ts";
import { embeddedPage } from "./embedded-page.ts";
import { embeddedRoute } from "./embedded-route.ts";
import { joinTables } from "./join-rows.ts";
import { isOwnMachine } from "./own-machine.ts";
import { type PackedPicture, readPicturePack, writePicturePack } from "./picture-pack.ts";
import { pictureSource, type SampleSize } from "./picture-source.ts";
import { type ImageSource, isNumericSource, type NumericSource, type TextSource } from "./sources.ts";
import type { ByteRoute } from "./transfer.ts";
import { bytesPerNumber, isNumericType, numbersOf } from "./typed-array.ts";

/** Where the large things behind the references lie, and how long they are held. */
export interface Origin {
  readonly route: ByteRoute;
  /**
   * Asks Python for the pictures of some rows: shrunk to fit `box` pixels a side where they are raw, or a few pixels of each.
   */
  fetchPictures(
    key: string,
    rows: readonly number[],
    how?: { readonly box?: number | undefined } | SampleSize,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Brings the engine for models. */
  readonly load: HostServices["load"];
  /** For references of other kinds than a host itself knows; left out: none. */
  readonly decoders?: ReferenceDecoders | undefined;
  /** Aborts when the session ends. */
  readonly lifetime: AbortSignal;
}

/** What makes a source of a reference, by the name under which it is written: "$model". */
export type ReferenceDecoders = Readonly<
  Record<string, (written: Readonly<Record<string, unknown>>, origin: Origin) => unknown>
>;

/**
 * Properties as Python wrote them, with every reference (`$array`, `$rows`, `$text`, `$images`, and those of the origin's
 * decoders) in them made a source that can be read. Lists and plain objects are walked through; everything else stays.
 */
export function decodeProps(written: unknown, origin: Origin): unknown {
  if (Array.isArray(written)) return written.map((part) => decodeProps(part, origin));
  if (typeof written !== "object" || written === null) return written;
  if ("$array" in written) return numericSource(record(written.$array), origin);
  if ("$rows" in written) return joinedRows(written.$rows, origin);
  if ("$text" in written) return textSource(record(written.$text), origin);
  if ("$images" in written) return imageSource(record(written.$images), origin);
  for (const [name, decode] of Object.entries(origin.decoders ?? {}))
    if (name in written) return decode(record((written as Readonly<Record<string, unknown>>)[name]), origin);
  return Object.fromEntries(Object.entries(written).map(([name, part]) => [name, decodeProps(part, origin)]));
}

function numericSource({ key, dtype, shape }: Readonly<Record<string, unknown>>, origin: Origin): NumericSource {
  if (!isNumericType(dtype) || !isShape(shape)) throw misread(`an array of ${String(dtype)}`);
  const total = shape.reduce((product, length) => product * length, bytesPerNumber(dtype));
  const name = String(key);
  return {
    key: name,
    shape,
    bytes: total,
    read: async (job) => numbersOf(await readBytes(name, total, origin, job), dtype),
  };
}

/** Tables one below the other: rows that were added later follow those before them. */
function joinedRows(parts: unknown, origin: Origin): NumericSource {
  if (!Array.isArray(parts) || parts.length === 0) throw misread("a table in parts");
  const tables = parts.map((part: unknown) => decodeProps(part, origin)).filter(isNumericSource);
  if (tables.length < parts.length) throw misread("a table in parts");
  return joinTables(tables);
}

function textSource({ key, length, bytes }: Readonly<Record<string, unknown>>, origin: Origin): TextSource {
  if (typeof length !== "number" || typeof bytes !== "number") throw misread("a list of texts");
  const name = String(key);
  return {
    key: name,
    length,
    async read(job) {
      const text = new TextDecoder().decode(await readBytes(name, bytes, origin, job));
      return JSON.parse(text) as readonly string[];
    },
  };
}

function imageSource({ key, length, bytes, size }: Readonly<Record<string, unknown>>, origin: Origin): ImageSource {
  if (typeof length !== "number") throw misread("a list of pictures");
  const name = String(key);
  const page = embeddedPage();
  if (page?.has(name))
    return pictureSource(
      name,
      length,
      pickFromPack(() => page.read(name)),
    );
  const each = isPictureSize(size)
    ? (box: number) => bytesInside(size, box)
    : typeof bytes === "number" && length > 0 && (() => bytes / length);
  return pictureSource(name, length, (rows, box) => origin.fetchPictures(name, rows, { box }), {
    fetchSample: (rows, size) => origin.fetchPictures(name, rows, size),
    isNear: isOwnMachine(),
    ...(each && { bytesEach: each }),
  });
}

/** So many bytes Python shrinks in the time in which one travels: of pictures as large as a screen it is asked for few. */
const SHRUNK_A_BYTE = 16;

/** What Python shrinks takes less than all of it; pictures with opacity are shrunk here. */
function bytesInside({ width, height, channels }: PictureSize, box: number): number {
  const inside = channels === 4 ? { width, height } : fitInside(width, height, box);
  return Math.max(inside.width * inside.height, (width * height) / SHRUNK_A_BYTE) * channels;
}

/** Read a pack that holds every row once, and give parts of it. */
function pickFromPack(readAll: () => Promise<Uint8Array<ArrayBuffer>>) {
  let whole: Promise<{ byRow: Map<number, PackedPicture>; bytes: Uint8Array<ArrayBuffer> }> | undefined;
  return async (rows: readonly number[]) => {
    whole ??= readAll().then((pack) => {
      const { pictures, bytes } = readPicturePack(pack);
      return { byRow: new Map(pictures.map((picture) => [picture.row, picture])), bytes };
    });
    const { byRow, bytes } = await whole;
    const wanted = rows.flatMap((row) => byRow.get(row) ?? []);
    return writePicturePack(
      wanted.map((picture) => ({ picture, bytes: bytes.subarray(picture.offset, picture.offset + picture.length) })),
    );
  };
}

function readBytes(
  key: string,
  total: number,
  { route, lifetime }: Origin,
  job: Job,
): Promise<Uint8Array<ArrayBuffer>> {
  return readPooled(key, total, embeddedRoute(key, route), lifetime, job);
}

/** The fields of an object; none of what is no object. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

function isPictureSize(value: unknown): value is PictureSize {
  const { width, height, channels } = record(value);
  return [width, height, channels].every((length) => typeof length === "number" && length > 0);
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((length) => Number.isInteger(length) && length >= 0);
}

/** @param what "a model": what was written that nobody can read. */
export function misread(what: string): ComputeError {
  return new ComputeError(
    "internal",
    `Python and the page don't understand each other: ${what} is not as expected.`,
    "Restart the kernel and reload the page, so that both use the same version.",
  );
}
