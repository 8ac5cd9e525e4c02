import { expect, it, vi } from "vitest";
import { answerCommands } from "../../../src/widgets/host/answer-commands.ts";
import { AnswerProgress } from "../../../src/widgets/host/answer-progress.ts";
import type { Command } from "../../../src/widgets/host/contract.ts";
import type { KernelLine, Reply } from "../../../src/widgets/host/kernel-line.ts";

it("what Python waits for says how far it is and how long the rest takes, until it is answered", async () => {
  let hear: (reply: Reply) => void = () => {};
  const line = {
    on: (kind: string, handler: (reply: Reply) => void) => {
      if (kind === "command") hear = handler;
    },
    send: () => undefined,
    ask: async () => undefined,
  };
  const { signal } = new AbortController();
  const answering = new AnswerProgress();
  const sentences: (string | null)[] = [];
  answering.listen(() => sentences.push(answering.sentence), signal);
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const map: Command = async (_, { onProgress }) => {
    const steps = { stage: "Integrated gradients", total: 25, unit: "gradients" };
    onProgress?.({ ...steps, done: 0 });
    clock.mockReturnValue(2000);
    onProgress?.({ ...steps, done: 20, secondsLeft: 7 });
    return { header: {}, bytes: new Uint8Array() };
  };
  const tell = (progress: Parameters<AnswerProgress["tell"]>[0]) => answering.tell(progress);
  answerCommands(line as unknown as KernelLine, "page", { map }, (options) => options, signal, tell);
  hear({ message: { kind: "command", id: "one", name: "map", options: {} }, buffers: [] });
  await vi.waitFor(() => expect(sentences.at(-1)).toBeNull());
  expect(sentences).toEqual([
    "Integrated gradients, 0 of 25 gradients.",
    "Integrated gradients, 20 of 25 gradients, about 7 s left.",
    null,
  ]);
  clock.mockRestore();
});
