import { expect, it } from "vitest";
import { answerCommands } from "../../../src/widgets/host/answer-commands.ts";
import type { Answer } from "../../../src/widgets/host/contract.ts";
import type { KernelLine, Reply } from "../../../src/widgets/host/kernel-line.ts";

it("what is asked again while it is under way, because another page has come, is done once", async () => {
  let hear: (reply: Reply) => void = () => {};
  const told: string[] = [];
  const line = {
    on: (kind: string, handler: (reply: Reply) => void) => {
      if (kind === "command") hear = handler;
    },
    send: ({ kind }: { kind: string }) => told.push(kind),
    ask: async (kind: string) => told.push(kind),
  };
  let done = 0;
  let finish: (answer: Answer) => void = () => {};
  const add = () => {
    done++;
    return new Promise<Answer>((resolve) => {
      finish = resolve;
    });
  };
  const { signal } = new AbortController();
  answerCommands(line as unknown as KernelLine, "page", { add }, (options) => options, signal);
  const message = { kind: "command", id: "one", name: "add", options: {} };
  hear({ message, buffers: [] });
  hear({ message, buffers: [] });
  finish({ header: {}, bytes: new Uint8Array() });
  await expect.poll(() => told).toEqual(["answer"]);
  expect(done).toBe(1);
});
