import { afterEach, describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { version } from "../../../src/version.ts";
import { UnitWorker } from "../../../src/widgets/box-plot/data/unit-worker.ts";

const KEY = Symbol.for(`layerscope.compute@${version}`);
const page = globalThis as { [KEY]?: unknown };
afterEach(() => {
  delete page[KEY];
});

/** The page's worker, which keeps what it is told to until `forget`. */
function keepingClient() {
  const calls: string[] = [];
  let kept: string | null = null;
  page[KEY] = {
    async call(name: string, { key }: { readonly key: string }) {
      calls.push(name);
      if (name === "keepUnits") kept = key;
      else if (name === "forgetUnits") kept = null;
      else if (kept !== key) throw new ComputeError("lost", "These units are no longer kept.");
      return name;
    },
  };
  return {
    calls,
    forget: () => {
      kept = null;
    },
  };
}

const rows = {
  values: { data: new Float32Array(), rows: 0, columns: 0 },
  groups: { codes: new Int32Array(), count: 0 },
  slides: null,
};

describe("units in the worker", () => {
  it("are sent with the first question only", async () => {
    const { calls } = keepingClient();
    const worker = new UnitWorker(rows);
    await Promise.all([worker.ask("unitColumn", { unit: 1 }, {}), worker.ask("unitColumn", { unit: 2 }, {})]);
    expect(calls).toEqual(["keepUnits", "unitColumn", "unitColumn"]);
  });

  it("are sent again where the worker keeps them no longer, and the question is answered", async () => {
    const { calls, forget } = keepingClient();
    const worker = new UnitWorker(rows);
    await worker.ask("unitColumn", { unit: 1 }, {});
    forget();
    const both = await Promise.all([
      worker.ask("unitColumn", { unit: 1 }, {}),
      worker.ask("unitColumn", { unit: 2 }, {}),
    ]);
    expect(both).toEqual(["unitColumn", "unitColumn"]);
    expect(calls.filter((name) => name === "keepUnits")).toHaveLength(2);
  });

  it("are not sent again once they are done with: nobody would have them forgotten", async () => {
    const { calls } = keepingClient();
    const worker = new UnitWorker(rows);
    await worker.ask("unitColumn", { unit: 1 }, {});
    worker.end();
    await expect(worker.ask("unitColumn", { unit: 2 }, {})).rejects.toThrow("These units are no longer there.");
    expect(calls).toEqual(["keepUnits", "unitColumn", "forgetUnits"]);
  });

  it("are forgotten with the widget, and have a name of their own in the page", async () => {
    const { calls } = keepingClient();
    const [one, other] = [new UnitWorker(rows), new UnitWorker(rows)];
    await one.ask("unitColumn", { unit: 1 }, {});
    await other.ask("unitColumn", { unit: 1 }, {});
    expect(calls.filter((name) => name === "keepUnits")).toHaveLength(2);
    other.end();
    expect(calls.at(-1)).toBe("forgetUnits");
  });
});
