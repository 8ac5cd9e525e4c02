import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import type { Command } from "./contract.ts";
import type { KernelLine, Message } from "./kernel-line.ts";
import { CHUNK } from "./transfer.ts";

/** So many bytes go along with the head of an answer, whether or not somebody still waits for it. */
const FEW_BYTES = 2 ** 18;

/**
 * Do what Python asks for (`{kind: "command", id, name, options}`) and send what came out: first
 * `{kind: "answer", id, page, header, total}`, with all bytes where these are few; else then
 * `{kind: "answer-chunk", id, page, offset}` with a buffer, each after Python has acknowledged the one before.
 *
 * @param read Makes references in the options sources that can be read until the signal aborts.
 * @param tell Hears how far what was asked last is; null when it is answered.
 */
export function answerCommands(
  line: KernelLine,
  page: string,
  commands: Readonly<Record<string, Command>>,
  read: (options: unknown, lifetime: AbortSignal) => unknown,
  signal: AbortSignal,
  tell: (progress: Progress | null) => void = () => undefined,
): void {
  const running = new Map<string, AbortController>();
  const abortAll = () => {
    for (const job of running.values()) job.abort();
  };
  signal.addEventListener("abort", abortAll, { once: true });

  line.on("command", async ({ message }) => {
    const id = String(message.id);
    // Python asks again when another page has come; here it is under way.
    if (running.has(id)) return;
    const job = new AbortController();
    running.set(id, job);
    try {
      const options = read(message.options, job.signal) as Readonly<Record<string, unknown>>;
      await answer(line, page, message, commands, options, { signal: job.signal, onProgress: tell });
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      // Whoever gave the question up waits no longer; a reader who stops what Python waits for has to be told of.
      if (error.kind !== "cancelled" || !job.signal.aborted)
        line.send({ ...error.toJSON(), errorKind: error.kind, kind: "failed", id, page });
    } finally {
      // What it has read is no longer needed.
      job.abort();
      tell(null);
      running.delete(id);
    }
  });
  line.on("cancel", ({ message }) => {
    if (message.page === undefined || message.page === page) running.get(String(message.id))?.abort();
  });
}

async function answer(
  line: KernelLine,
  page: string,
  { id, name }: Message,
  commands: Readonly<Record<string, Command>>,
  options: Readonly<Record<string, unknown>>,
  { signal, onProgress: tell }: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<void> {
  const command = typeof name === "string" && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new ComputeError("input", `This widget can't do "${String(name)}".`);
  const onProgress = (progress: Progress) => {
    line.send({ kind: "progress", id: String(id), page, progress });
    tell(progress);
  };
  const { header, bytes } = await command(options, { signal, onProgress });
  const along = bytes.length <= FEW_BYTES ? bytes.length : 0;
  const head = { of: id, page, header, total: bytes.length };
  await line.askWith("answer", head, along > 0 ? [bytes.slice().buffer] : [], signal);
  for (let offset = along; offset < bytes.length; offset += CHUNK)
    await line.askWith("answer-chunk", { of: id, page, offset }, [bytes.slice(offset, offset + CHUNK).buffer], signal);
}
