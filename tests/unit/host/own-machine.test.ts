import { afterEach, expect, test, vi } from "vitest";
import { isOwnMachine } from "../../../src/widgets/host/own-machine.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each(["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])("%s is the reader's own machine", (hostname) => {
  vi.stubGlobal("location", { hostname });
  expect(isOwnMachine()).toBe(true);
});

test.each(["hub.example.org", "127.0.0.1.example.org", "localhost.example.org", "10.0.0.1", ""])(
  "%s is not",
  (hostname) => {
    vi.stubGlobal("location", { hostname });
    expect(isOwnMachine()).toBe(false);
  },
);

test("where there is no page nobody knows", () => {
  expect(isOwnMachine()).toBe(false);
});
