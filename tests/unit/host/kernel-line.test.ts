import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KernelLife } from "../../../src/widgets/host/kernel-life.ts";
import { KernelLine, type Message } from "../../../src/widgets/host/kernel-line.ts";
import type { ModelRelay } from "../../../src/widgets/host/model-relay.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function watched() {
  const sent: { readonly message: Message; readonly buffers: number }[] = [];
  const relay = {
    on: () => undefined,
    send: (message: Message, buffers: readonly ArrayBuffer[]) => sent.push({ message, buffers: buffers.length }),
  };
  const life = { onDeath: () => undefined, state: () => "idle" };
  const end = new AbortController();
  const line = new KernelLine(
    relay as unknown as ModelRelay,
    life as unknown as KernelLife,
    () => undefined,
    end.signal,
  );
  return { line, sent, end };
}
const turn = () => Promise.resolve();

describe("what a page says", () => {
  it("in one turn goes in one message, in its order", async () => {
    const { line, sent } = watched();
    line.send({ kind: "first" });
    void line.ask("second", { rows: [1] }).catch(() => undefined);
    expect(sent).toEqual([]);
    await turn();
    line.send({ kind: "third" });
    await turn();
    expect(sent).toMatchObject([
      { message: { kind: "several", messages: [{ kind: "first" }, { kind: "second", rows: [1] }] }, buffers: 0 },
      { message: { kind: "third" } },
    ]);
  });

  it("with bytes goes alone, after what was said before", () => {
    const { line, sent } = watched();
    line.send({ kind: "first" });
    line.send({ kind: "bytes" }, [new ArrayBuffer(1)]);
    expect(sent).toEqual([
      { message: { kind: "first" }, buffers: 0 },
      { message: { kind: "bytes" }, buffers: 1 },
    ]);
  });

  it("and can wait waits for what is said next, a moment at most, and goes behind it", async () => {
    const { line, sent } = watched();
    line.sendSoon({ kind: "status" });
    await turn();
    expect(sent).toEqual([]);
    line.send({ kind: "pictures" });
    await turn();
    expect(sent[0]?.message).toEqual({ kind: "several", messages: [{ kind: "pictures" }, { kind: "status" }] });
    line.sendSoon({ kind: "status" });
    vi.advanceTimersByTime(50);
    expect(sent[1]?.message).toEqual({ kind: "status" });
  });

  it("last, in the turn in which it goes, is heard", () => {
    const { line, sent, end } = watched();
    line.send({ kind: "told" });
    end.abort();
    expect(sent).toEqual([{ message: { kind: "told" }, buffers: 0 }]);
    line.send({ kind: "too late" });
    expect(sent).toHaveLength(1);
  });
});
