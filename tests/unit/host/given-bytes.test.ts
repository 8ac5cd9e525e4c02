import { describe, expect, it } from "vitest";
import { GivenBytes } from "../../../src/widgets/host/given-bytes.ts";

describe("data that came along with a widget", () => {
  const given = () => new GivenBytes({ k: new DataView(Uint8Array.of(9, 1, 2, 3).buffer, 1) });

  it("are given in parts, once, and then let go", () => {
    const data = given();
    expect(data.take("k", 0, 2)).toEqual(Uint8Array.of(1, 2));
    expect(data.take("k", 2, 1)).toEqual(Uint8Array.of(3));
    expect(data.take("k", 0, 3)).toBeNull();
  });

  it("are asked for elsewhere when they are not there, or not all", () => {
    expect(given().take("other", 0, 1)).toBeNull();
    expect(given().take("k", 0, 4)).toBeNull();
    expect(new GivenBytes(undefined).take("k", 0, 1)).toBeNull();
    expect(new GivenBytes({ k: { 0: 9, 1: 1 } }).take("k", 0, 1)).toBeNull();
  });
});
