import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import type { Answer, Command } from "../host/contract.ts";
import { packArrays } from "../work/pack-arrays.ts";
import { settledAnswer } from "../work/settled-answer.ts";
import { waitUnlessGivenUp } from "../work/wait-unless-given-up.ts";
import { mapValues } from "./data/map-values.ts";
import type { MapPlace, ShownSaliency } from "./data/shown-saliency.ts";
import { type StackedMaps, stackMaps } from "./data/stack-maps.ts";
import { saveSaliency } from "./figure/save-saliency.ts";
import type { SaliencyOverlaySession } from "./session.ts";

/** What a host may ask of maps on behalf of Python or of a page's script. */
export function overlayCommands(session: SaliencyOverlaySession): Readonly<Record<string, Command>> {
  return {
    /** The maps as they are drawn, 0 to 1: pictures × columns × height × width. */
    async mask(_, job) {
      const shown = await settledMaps(session, job);
      return mapsAnswer(
        shown,
        stackMaps(shown, (map, column) => mapValues(map, column, session.props)),
      );
    },
    /** The sums over the channels, with their signs. */
    async raw(_, job) {
      const shown = await settledMaps(session, job);
      return mapsAnswer(
        shown,
        stackMaps(shown, ({ signed }) => signed),
      );
    },
    /** How faithful the map of a `picture` in a `column` is, both counted from 0 among those on show. */
    async curves({ picture = 0, column = 0 }, job): Promise<Answer> {
      const place = placeOn(await settledMaps(session, job), picture, column);
      const judged = session.judge(place);
      await waitUnlessGivenUp(judged, job.signal);
      const { shares, deletion, insertion, deletionArea, insertionArea } = await judged;
      const named = Object.entries({ shares, deletion, insertion }).map(([name, values]) => ({ name, values }));
      const { arrays, bytes } = packArrays(named);
      return { header: { arrays, deletionArea, insertionArea }, bytes };
    },
    async save(options, job) {
      await settledMaps(session, job);
      const { name, type, bytes } = await saveSaliency(session, options);
      return { header: { name, type }, bytes };
    },
  };
}

/** The maps, once those that are being made are there; whether one is being judged is no matter. Throws as `settledAnswer`. */
function settledMaps(session: SaliencyOverlaySession, job: Job): Promise<ShownSaliency> {
  return settledAnswer(session, () => session.isMaking, job);
}

function mapsAnswer({ pictures, columns }: ShownSaliency, { data, shape }: StackedMaps): Answer {
  const header = {
    shape,
    dtype: "float32",
    names: columns.map(({ name }) => name),
    classes: pictures.map(({ classes }) => classes),
  };
  return { header, bytes: new Uint8Array(data.buffer) };
}

/** @throws {ComputeError} "input" for a place where no map is on show. */
function placeOn({ pictures, columns }: ShownSaliency, picture: unknown, column: unknown): MapPlace {
  const isPlace = (value: unknown, count: number): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value < count;
  if (!isPlace(picture, pictures.length))
    throw new ComputeError("input", `There is no picture ${String(picture)} on show.`, upTo(pictures.length));
  if (!isPlace(column, columns.length))
    throw new ComputeError("input", `There is no column ${String(column)} on show.`, upTo(columns.length));
  return { picture, column };
}

function upTo(count: number): string {
  return count === 1 ? "Pass 0." : `Pass 0 to ${count - 1}.`;
}
