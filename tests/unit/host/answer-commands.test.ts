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
    askWith: async (kind: string) => told.push(kind),
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

it("few bytes go along with the head of the answer, more follow it", async () => {
  const told = async (bytes: Uint8Array<ArrayBuffer>) => {
    let hear: (reply: Reply) => void = () => {};
    const sent: (readonly [string, unknown, readonly number[]])[] = [];
    const line = {
      on: (kind: string, handler: (reply: Reply) => void) => {
        if (kind === "command") hear = handler;
      },
      send: () => undefined,
      askWith: async (kind: string, fields: { total?: number; offset?: number }, buffers: readonly ArrayBuffer[]) => {
        sent.push([kind, fields.total ?? fields.offset, buffers.map(({ byteLength }) => byteLength)]);
      },
    };
    const { signal } = new AbortController();
    const give = async () => ({ header: {}, bytes });
    answerCommands(line as unknown as KernelLine, "page", { give }, (options) => options, signal);
    hear({ message: { kind: "command", id: "one", name: "give", options: {} }, buffers: [] });
    await expect.poll(() => sent.length).toBeGreaterThan(0);
    await new Promise((resolve) => setImmediate(resolve));
    return sent;
  };
  // Part of a larger buffer: the rest of that stays here.
  expect(await told(new Uint8Array(9_000_000).subarray(5, 100_005))).toEqual([["answer", 100_000, [100_000]]]);
  expect(await told(new Uint8Array(9_000_000))).toEqual([
    ["answer", 9_000_000, []],
    ["answer-chunk", 0, [8_388_608]],
    ["answer-chunk", 8_388_608, [611_392]],
  ]);
});
