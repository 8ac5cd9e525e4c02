import { expect, it } from "vitest";
import { Latest } from "../../../src/widgets/rows/latest.ts";

function deferred() {
  let settle: { resolve(value: string): void; reject(error: Error): void } | undefined;
  const promise = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    promise,
    resolve: (value: string) => settle?.resolve(value),
    reject: (error: Error) => settle?.reject(error),
  };
}

it("an answer that a newer question has overtaken is dropped, its failure too", async () => {
  const latest = new Latest();
  const used: string[] = [];
  const slow = deferred();
  const failing = deferred();
  const first = latest.take(slow.promise, (value) => used.push(value));
  const second = latest.take(failing.promise, (value) => used.push(value));
  const third = latest.take(Promise.resolve("new"), (value) => used.push(value));
  await third;
  slow.resolve("old");
  failing.reject(new Error("late"));
  await Promise.all([first, second]);
  expect(used).toEqual(["new"]);
});

it("the failure of the question asked last is thrown", async () => {
  await expect(new Latest().take(Promise.reject(new Error("now")), () => undefined)).rejects.toThrow("now");
});
