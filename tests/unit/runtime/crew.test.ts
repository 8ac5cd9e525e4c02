import { afterEach, describe, expect, it, vi } from "vitest";
import type { Hand } from "../../../src/compute/runtime/crew.ts";
import type { HandChannel } from "../../../src/compute/runtime/hand-messages.ts";
import { localChannel } from "../../../src/compute/runtime/local-channel.ts";
import { workerStarter } from "../../../src/compute/runtime/worker-channel.ts";
import { WorkerPool } from "../../../src/compute/runtime/worker-pool.ts";

/** A channel that can be killed from outside, and tells what became of it. */
function mortal(): HandChannel & { ended: boolean; die(message: string): void } {
  const channel = localChannel();
  let lose: (message: string) => void = () => undefined;
  return {
    ...channel,
    ended: false,
    onLoss: (listener) => {
      lose = listener;
    },
    end() {
      this.ended = true;
      channel.end();
    },
    die: (message) => lose(message),
  };
}

function poolOf(idleMs = 0) {
  const channels: ReturnType<typeof mortal>[] = [];
  const pool = new WorkerPool(() => {
    const channel = mortal();
    channels.push(channel);
    return channel;
  }, idleMs);
  return { pool, channels };
}

const numbers = (...values: number[]) => ({ numbers: Float64Array.from(values) });
const dismissAll = (hands: readonly Hand<"sum">[]) => {
  for (const hand of hands) hand.dismiss();
};

describe("a crew", () => {
  afterEach(() => vi.useRealTimers());

  it("starts no worker before its first task, then as many as have work", async () => {
    const { pool, channels } = poolOf();
    const crew = pool.crew(4);
    expect(crew.size).toBe(4);
    expect(channels).toHaveLength(0);
    const hands = await crew.begin("sum", [numbers(1), numbers(2)]);
    expect(channels).toHaveLength(2);
    dismissAll(hands);
  });

  it("keeps what each hand was begun with, and answers in the order of asking", async () => {
    const { pool } = poolOf();
    const hands = await pool.crew(2).begin("sum", [numbers(1), numbers(10), numbers(100)]);
    const answers = await Promise.all(hands.flatMap((hand) => [hand.ask(numbers(1)), hand.ask(numbers(2))]));
    expect(answers.map((answer) => answer.numbers[0])).toEqual([2, 3, 11, 12, 101, 102]);
    dismissAll(hands);
  });

  it("shares no memory: what is transferred is gone, and what is not is a copy", async () => {
    const { pool } = poolOf();
    const [given, kept] = [numbers(1), numbers(2)];
    const hands = await pool.crew(2).begin("sum", [given, kept], [[given.numbers.buffer]]);
    expect(given.numbers.length).toBe(0);
    kept.numbers[0] = 50;
    expect((await hands[1]?.ask(numbers(1)))?.numbers[0]).toBe(3);
    dismissAll(hands);
  });

  it("gives a task's errors with cause and remedy, and goes on", async () => {
    const { pool } = poolOf();
    const [hand] = await pool.crew(1).begin("sum", [numbers(1, 2)]);
    await expect(hand?.ask(numbers(1))).rejects.toMatchObject({
      name: "ComputeError",
      kind: "input",
      reason: "sum: expected 2 numbers, got 1",
    });
    expect((await hand?.ask(numbers(1, 1)))?.numbers).toEqual(Float64Array.of(2, 3));
    hand?.dismiss();
  });

  it("keeps its workers a short while, for the next task finds them, and then ends them", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { pool, channels } = poolOf(1000);
    dismissAll(await pool.crew(2).begin("sum", [numbers(1), numbers(2)]));
    vi.advanceTimersByTime(900);
    const hands = await pool.crew(2).begin("sum", [numbers(1), numbers(2)]);
    vi.advanceTimersByTime(5000);
    expect(channels.map((channel) => channel.ended)).toEqual([false, false]);
    dismissAll(hands);
    dismissAll(hands);
    expect(pool.running).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(channels.map((channel) => channel.ended)).toEqual([true, true]);
    expect(pool.running).toBe(0);
  });

  it("fails with kind lost what a dead worker was asked, and starts another for the next task", async () => {
    const { pool, channels } = poolOf();
    const hands = await pool.crew(2).begin("sum", [numbers(1), numbers(2)]);
    const answer = hands[0]?.ask(numbers(1));
    channels[0]?.die("out of memory");
    await expect(answer).rejects.toMatchObject({ kind: "lost", details: "out of memory" });
    await expect(hands[0]?.ask(numbers(1))).rejects.toMatchObject({ kind: "lost" });
    expect((await hands[1]?.ask(numbers(1)))?.numbers[0]).toBe(3);
    const next = await pool.crew(2).begin("sum", [numbers(5), numbers(6)]);
    expect(channels).toHaveLength(3);
    expect((await next[0]?.ask(numbers(1)))?.numbers[0]).toBe(6);
    dismissAll([...hands, ...next]);
  });

  it("leaves unanswered what a dismissed hand was asked", async () => {
    const { pool } = poolOf();
    const [hand] = await pool.crew(1).begin("sum", [numbers(1)]);
    const answer = hand?.ask(numbers(1));
    hand?.dismiss();
    await expect(answer).rejects.toMatchObject({ kind: "cancelled" });
    await expect(hand?.ask(numbers(1))).rejects.toMatchObject({ kind: "cancelled" });
  });

  it("works where it is when no worker can be started, at once or after the fact", async () => {
    const none = new WorkerPool(() => {
      throw new TypeError("Worker is not defined");
    }, 0);
    const refused = new WorkerPool(() => {
      const channel = mortal();
      return { ...channel, postMessage: () => channel.die("refused by policy"), onReply: () => undefined };
    }, 0);
    for (const pool of [none, refused]) {
      const hands = await pool.crew(3).begin("sum", [numbers(1), numbers(2), numbers(3)]);
      const answers = await Promise.all(hands.map((hand) => hand.ask(numbers(1))));
      expect(answers.map((answer) => answer.numbers[0])).toEqual([2, 3, 4]);
      expect(pool.crew(3).size).toBe(1);
      dismissAll(hands);
    }
  });

  it("starts no workers that would never answer, where it does not know its own code", async () => {
    vi.stubGlobal(
      "Worker",
      class {
        addEventListener() {}
        postMessage() {}
        terminate() {}
      },
    );
    try {
      const hands = await new WorkerPool(workerStarter(), 0).crew(2).begin("sum", [numbers(1), numbers(2)]);
      expect((await hands[1]?.ask(numbers(1)))?.numbers[0]).toBe(3);
      dismissAll(hands);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("leaves no hand open when one could not be begun", async () => {
    const { pool, channels } = poolOf();
    const uncloneable = { numbers: (() => 1) as never };
    await expect(pool.crew(2).begin("sum", [numbers(1), uncloneable])).rejects.toThrow(/could not be cloned/);
    await expect.poll(() => channels.map((channel) => channel.ended)).toEqual([true, true]);
  });
});
