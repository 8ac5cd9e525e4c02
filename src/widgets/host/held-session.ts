import { ComputeError } from "../../compute/errors.ts";
import { answerCommands } from "./answer-commands.ts";
import { AnswerProgress } from "./answer-progress.ts";
import { bindSelection } from "./bind-selection.ts";
import { bindUnit } from "./bind-unit.ts";
import { bytesOf } from "./bytes-of.ts";
import type { Session, WidgetSpec } from "./contract.ts";
import { decodeProps, type Origin, type ReferenceDecoders } from "./decode-props.ts";
import { download } from "./download.ts";
import { embeddedPage } from "./embedded-page.ts";
import { GivenBytes } from "./given-bytes.ts";
import type { HostModel } from "./host-model.ts";
import { watchKernel } from "./kernel-life.ts";
import { KernelLine, PYTHON_STOPPED } from "./kernel-line.ts";
import { bringPart, loadEngine, loadPart } from "./load-part.ts";
import { ModelRelay } from "./model-relay.ts";
import { newId } from "./new-id.ts";
import { StatusReport } from "./status-report.ts";
import { CHUNK } from "./transfer.ts";

/** The session of one model, shared by its views and ended with the last of them. */
export class HeldSession {
  readonly status: StatusReport;
  /** How far what Python asks for is. */
  readonly answering: AnswerProgress;
  readonly session: Session<object>;
  readonly #relay = new ModelRelay();
  readonly #end = new AbortController();
  #views = 0;
  /** What has to be said once there is a picture. */
  #onPicture: (() => void) | undefined;

  /**
   * @param spec Erased to `object`: a page's table of widgets holds specs of different properties.
   * @throws {ComputeError} when the properties are not acceptable.
   */
  constructor(spec: WidgetSpec<object>, model: HostModel, signal: AbortSignal, decoders: ReferenceDecoders = {}) {
    this.attach(model, signal);
    const lifetime = this.#end.signal;
    this.status = new StatusReport(lifetime);
    this.answering = new AnswerProgress();
    const relay = this.#relay;
    const page = newId();
    const id = String(relay.get("_id"));
    const life = watchKernel(relay, id, lifetime);
    const notices = noticeBoard();
    const line = new KernelLine(relay, life, notices.write, lifetime);
    const version = String(relay.get("_core_key"));
    const load = (part: "plotly" | "pdf" | "engine") =>
      part === "engine" ? loadEngine(version, line) : loadPart(part, version, line);
    const given = new GivenBytes(relay.get("_given"));
    const origin = originOf(line, given, { load, decoders }, lifetime);
    const accept = () => spec.accept(readProps(relay, origin));

    this.session = spec.open(toldIfRefused(accept, line, page), {
      signal: lifetime,
      report: (status) => this.status.report(status),
      // One message must hold it, and a picture larger than this is no small one.
      keep: (saved) => saved.length <= CHUNK && relay.save("_saved", new DataView(saved.slice().buffer)),
      load,
      bring: (part) => void bringPart(part, version, line).catch(() => undefined),
      tell: (facts) => line.send({ kind: "told", page, facts }),
      again: embeddedPage() ? "" : "Run the cell to compute again.",
      download,
    });
    this.session.ready.catch(() => {});
    notices.attach((sentence) => this.#notify(sentence));
    bindSelection(this.session.rows, relay, lifetime);
    bindUnit(this.session.rows, relay, lifetime);
    const read = (options: unknown, until: AbortSignal) => decodeProps(options, { ...origin, lifetime: until });
    answerCommands(line, page, this.session.commands, read, lifetime, (progress) => this.answering.tell(progress));

    const told = (kind: string, fields: object = {}) => ({ kind, page, status: this.status.latest, ...fields });
    this.status.listen(({ phase }) => {
      line.sendSoon(told("status"));
      if (phase === "done") this.#onPicture?.();
    }, lifetime);
    line.on("ping", ({ message }) => line.send(told("pong", { id: message.id })));
    line.on("wake", () => relay.wake());
    let before = relay.get("_props");
    relay.on("change:_props", () => {
      const changed = changedNames(before, relay.get("_props"));
      before = relay.get("_props");
      try {
        const props = accept();
        const entries = Object.entries(props).filter(([name]) => changed.has(name));
        this.session.update(Object.fromEntries(entries));
      } catch (thrown) {
        this.session.notice(thrown instanceof Error ? thrown.message : String(thrown));
      }
    });
    line.sendSoon(told("hello"));
  }

  /** Another view of the same model. */
  attach(model: HostModel, signal: AbortSignal): void {
    this.#views++;
    signal.addEventListener(
      "abort",
      () => {
        this.#views--;
        // Before the relay lets go of the last model, so that a selection on its way is still written.
        if (!this.#views) this.#end.abort();
      },
      { once: true },
    );
    this.#relay.attach(model, signal);
  }

  #notify(sentence: string | null): void {
    const { phase } = this.status.latest;
    // Where there is no picture yet, none can go on working: the data that are missing say so themselves.
    if (sentence !== PYTHON_STOPPED || phase === "done" || phase === "stopped") this.session.notice(sentence);
    else this.#onPicture = () => this.session.notice(sentence);
  }

  /** Aborts when the last view is gone. */
  get lifetime(): AbortSignal {
    return this.#end.signal;
  }
}

/** Python, which waits for what will never come, hears why. */
function toldIfRefused<Props>(accept: () => Props, line: KernelLine, page: string): Props {
  try {
    return accept();
  } catch (thrown) {
    const { reason, remedy, details } = ComputeError.from(thrown);
    line.send({ kind: "status", page, status: { phase: "failed", reason, remedy, details } });
    throw thrown;
  }
}

function readProps(relay: ModelRelay, origin: Origin): Readonly<Record<string, unknown>> {
  const props = decodeProps(relay.get("_props") ?? {}, origin) as Record<string, unknown>;
  const saved = bytesOf(relay.get("_saved"));
  return saved.length ? { ...props, saved } : props;
}

function originOf(
  line: KernelLine,
  given: GivenBytes,
  means: Pick<Origin, "load" | "decoders">,
  lifetime: AbortSignal,
): Origin {
  return {
    ...means,
    lifetime,
    route: {
      get ended() {
        return line.ended || lifetime.aborted;
      },
      async fetch(key, offset, length, signal) {
        const here = given.take(key, offset, length);
        if (here) return here;
        const { buffers } = await line.ask("read", { key, offset, length }, signal);
        return buffers[0] ?? new Uint8Array();
      },
    },
    async fetchPictures(key, rows, how) {
      const { buffers } = await line.ask("pictures", { key, rows, ...how });
      return buffers[0] ?? new Uint8Array();
    },
  };
}

/** Names whose written values differ; references are equal when their keys are. */
function changedNames(before: unknown, after: unknown): Set<string> {
  const old = (before ?? {}) as Record<string, unknown>;
  const now = (after ?? {}) as Record<string, unknown>;
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return new Set([...names].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name])));
}

/** Keeps what is said before there is somebody to say it to. */
function noticeBoard() {
  let latest: string | null = null;
  let listener: ((sentence: string | null) => void) | undefined;
  return {
    write(sentence: string | null) {
      latest = sentence;
      listener?.(sentence);
    },
    attach(next: (sentence: string | null) => void) {
      listener = next;
      if (latest !== null) next(latest);
    },
  };
}
