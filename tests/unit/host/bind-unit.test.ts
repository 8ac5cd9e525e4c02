import { describe, expect, it } from "vitest";
import { bindUnit } from "../../../src/widgets/host/bind-unit.ts";
import { bytesOf } from "../../../src/widgets/host/bytes-of.ts";
import { ModelRelay } from "../../../src/widgets/host/model-relay.ts";
import { StandaloneModel } from "../../../src/widgets/host/standalone-model.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";

const values = new Float32Array(4);

function bound(traits: Readonly<Record<string, unknown>>) {
  const written: string[] = [];
  const model = new StandaloneModel(new Map(Object.entries(traits)), { get_model: () => Promise.reject() });
  model.on("change:_unit", () => written.push(new TextDecoder().decode(bytesOf(model.get("_unit")))));
  const end = new AbortController();
  const relay = new ModelRelay();
  relay.attach(model, end.signal);
  const rows = new LinkedRows("box", 4);
  bindUnit(rows, relay, end.signal);
  return { rows, written, model, end: () => end.abort() };
}

describe("the unit that is told to Python", () => {
  it("is the number of the one on show, wherever it was chosen", () => {
    const { rows, written } = bound({ _unit: new DataView(new ArrayBuffer(0)) });
    const map = new LinkedRows("map", 4);
    linkRows([rows, map]);
    rows.showUnit({ index: 0, name: "unit 0", values });
    map.showUnit({ index: 30, name: "unit 30", values });
    rows.showUnit(null);
    expect(written).toEqual(["0", "30", ""]);
  });

  it("is none where numbers are on show that are no column", () => {
    const { rows, written } = bound({ _unit: new TextEncoder().encode("7") });
    rows.showUnit({ index: 7, name: "unit 7", values });
    rows.showUnit({ index: -1, name: "area", values });
    expect(written).toEqual([""]);
  });

  it("is not told to models that have no place for it, nor after the end", () => {
    const without = bound({});
    without.rows.showUnit({ index: 1, name: "unit 1", values });
    expect(without.model.get("_unit")).toBeUndefined();
    const ended = bound({ _unit: "" });
    ended.end();
    ended.rows.showUnit({ index: 1, name: "unit 1", values });
    expect(ended.written).toEqual([]);
  });
});
