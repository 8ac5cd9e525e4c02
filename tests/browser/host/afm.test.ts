import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import type { Form } from "./notebook-host.ts";
import { openNotebookHost } from "./open-notebook-host.ts";

let browser: Browser;
let opened: Awaited<ReturnType<typeof openNotebookHost>>;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openNotebookHost(browser);
  await opened.page.evaluate(({ blocks, core }) => host.serve(blocks, core), { blocks, core: opened.core });
});
afterEach(() => opened.close());

/** Four numbers, 1 to 4, and two names. */
const numbers = [...new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)];
const names = [...new TextEncoder().encode('["<b>a</b>","b"]')];
const picture = [...packOf([{ row: 1, offset: 0, length: 3, width: 1, height: 1, channels: 3 }], [255, 0, 0])];
const blocks = { k1: numbers, n1: names, "i1/1": picture };

const points = { $array: { key: "k1", dtype: "float32", shape: [4, 1] } };

function packOf(list: object, bytes: readonly number[]): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify(list));
  const pack = new Uint8Array(4 + header.length + bytes.length);
  new DataView(pack.buffer).setUint32(0, header.length, true);
  pack.set(header, 4);
  pack.set(bytes, 4 + header.length);
  return pack;
}

interface Opening {
  readonly props?: object;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly bytes?: Readonly<Record<string, readonly number[]>>;
  readonly form?: Form;
}

/** Open a widget as Python does. */
async function open(id: string, { props = { points }, traits = {}, bytes = {}, form = "DataView" }: Opening = {}) {
  const state = {
    _esm: opened.loader,
    _anywidget_id: "test",
    _widget: "counting",
    _id: id,
    _core: "",
    _core_key: "c1",
    _props: props,
    _selected: "",
    _saved: "",
    _group: "",
    ...traits,
  };
  await opened.page.evaluate(([name, all, binary, as]) => host.open(name, all, binary, as), [
    id,
    state,
    bytes,
    form,
  ] as const);
}

/** Open the model that has the code, as Python does before the first widget. */
const openAsset = (core = opened.core) =>
  opened.page.evaluate(([loader, contents]) => host.open("asset", { _esm: loader, _core_key: "c1" }, { contents }), [
    opened.loader,
    core,
  ] as const);

const show = (id: string) => opened.page.evaluate((name) => host.show(name), id);
const hide = (view: number) => opened.page.evaluate((place) => host.hide(place), view);
const text = (part: string, view = 0) => opened.page.locator(`.view-${view} .${part}`);
const asked = (kind: string) => opened.page.evaluate((name) => host.asked.filter((one) => one.kind === name), kind);
const counts = () => opened.page.evaluate(() => ({ opened: sessions.opened, ended: sessions.ended }));
const trait = (id: string, name: string) => opened.page.evaluate(([a, b]) => host.trait(a, b), [id, name] as const);

async function shows(part: string, expected: string, view = 0): Promise<void> {
  await expect.poll(() => text(part, view).textContent(), { timeout: 20_000 }).toBe(expected);
}

describe("a widget in a notebook", () => {
  it("gets its code from the kernel and its data by request", async () => {
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    expect((await asked("part?")).length).toBe(1);
    expect((await asked("read")).length).toBe(1);
    expect(opened.requests).toEqual([]);
  });

  it("gets its code from the asset's model when there is one, without asking the kernel", async () => {
    await openAsset();
    await open("m1", { traits: { _core: "IPY_MODEL_asset" } });
    await show("m1");
    await shows("sum", "sum 10");
    expect(await asked("part?")).toEqual([]);
  });

  it("finds its code evaluated where the asset's model came before it", async () => {
    await openAsset();
    await opened.page.waitForFunction(() => "opened" in (globalThis.sessions ?? {}));
    expect(await opened.page.evaluate(() => host.shared("core"))).toBe(1);
    // That reference leads nowhere, and nobody is asked: what is evaluated already is all that there is.
    await opened.page.evaluate(() => {
      host.held = true;
    });
    await open("m1", { traits: { _core: "IPY_MODEL_nothing" } });
    await show("m1");
    expect(await text("sum").count()).toBe(1);
    expect(await asked("part?")).toEqual([]);
  });

  it("gets its code from the kernel where the asset's model brought something broken", async () => {
    await openAsset([1, 2, 3]);
    await expect.poll(() => opened.page.evaluate(() => host.shared("core"))).toBe(0);
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    expect((await asked("part?")).length).toBe(1);
    expect(opened.errors).toEqual([]);
  });

  it("leaves the code of a widget unread until one is shown, and then shares with it what is on the page", async () => {
    const evaluated = () => opened.page.evaluate(() => globalThis.timesEvaluated ?? 0);
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    expect(await evaluated()).toBe(0);
    for (const id of ["m2", "m3"]) await open(id, { traits: { _widget: "waiting" } });
    await Promise.all(["m2", "m3"].map(show));
    await shows("sum", "sum 10", 1);
    await shows("sum", "sum 10", 2);
    expect(await evaluated()).toBe(1);
    expect((await counts()).opened).toBe(3);
    expect((await asked("part?")).length).toBe(1);
    expect(opened.requests).toEqual([]);
  });

  it("evaluates the code once for any number of widgets", async () => {
    for (const id of ["m1", "m2", "m3"]) {
      await open(id);
      await show(id);
    }
    await shows("sum", "sum 10", 2);
    expect((await asked("part?")).length).toBe(1);
    expect(await opened.page.evaluate(() => host.shared("core"))).toBe(1);
  });

  it("brings an array to the page once, however many widgets show it", async () => {
    await opened.page.evaluate(() => {
      host.held = true;
    });
    for (const id of ["m1", "m2"]) await open(id);
    const views = Promise.all(["m1", "m2"].map(show));
    await opened.page.waitForFunction(() => host.asked.some(({ kind }) => kind === "part?"));
    await opened.page.evaluate(() => host.release());
    await views;
    await shows("sum", "sum 10", 0);
    await shows("sum", "sum 10", 1);
    await open("m3");
    await show("m3");
    await shows("sum", "sum 10", 2);
    const bytes = (await asked("read")).reduce((sum, { length }) => sum + Number(length), 0);
    expect(bytes).toBe(numbers.length);
  });

  it("gets its code although the widget that asked for it is closed before it came", async () => {
    await opened.page.evaluate(() => {
      host.held = true;
    });
    for (const id of ["m1", "m2", "m3"]) await open(id);
    // A closed widget's view may never settle.
    await opened.page.evaluate(() => {
      void host.show("m1").catch(() => {});
    });
    await opened.page.waitForFunction(() => host.asked.some(({ kind }) => kind === "part?"));
    const views = Promise.all(["m2", "m3"].map(show));
    await opened.page.evaluate(() => host.closeComm("m1"));
    await expect.poll(async () => (await asked("part?")).length).toBe(2);
    await opened.page.evaluate(() => host.release());
    await views;
    const texts = () => opened.page.locator(".sum").allTextContents();
    await expect.poll(texts).toEqual(["sum 10", "sum 10"]);
    expect((await asked("part?")).length).toBe(2);
    expect(await opened.page.locator("#root").textContent()).not.toContain("did not arrive");
  });

  it("frees its arrays when the last widget that shows them has gone", async () => {
    await open("m1");
    await open("m2");
    const views = [await show("m1"), await show("m2")];
    await shows("sum", "sum 10", 0);
    await shows("sum", "sum 10", 1);
    await hide(views[0] ?? 0);
    expect(await opened.page.evaluate(() => host.shared("arrays"))).toBe(1);
    await hide(views[1] ?? 1);
    expect(await opened.page.evaluate(() => host.shared("arrays"))).toBe(0);
    expect(await opened.page.evaluate(() => host.shared("sessions"))).toBe(0);
  });

  it("shows texts and pictures", async () => {
    await open("m1", {
      props: {
        points,
        names: { $text: { key: "n1", length: 2, bytes: names.length } },
        images: { $images: { key: "i1", length: 4 } },
      },
    });
    await show("m1");
    await shows("names", "<b>a</b>|b");
    expect(await opened.page.locator(".view-0 b").count()).toBe(0);
    const pixel = await opened.page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".view-0 canvas");
      return canvas ? [...(canvas.getContext("2d")?.getImageData(0, 0, 1, 1).data ?? [])] : null;
    });
    expect(await pixel.jsonValue()).toEqual([255, 0, 0, 255]);
  });

  it("says in its place, and to Python, what is wrong with its properties, as text", async () => {
    await open("m1", { props: { title: 7 } });
    await show("m1");
    await expect.poll(() => opened.page.locator(".view-0").textContent()).toContain("title is <b>7</b>.Pass a text.");
    await expect
      .poll(() => asked("status"))
      .toMatchObject([{ status: { phase: "failed", reason: "title is <b>7</b>.", remedy: "Pass a text." } }]);
    expect(opened.errors).toEqual([]);
  });

  it("says so when the page knows no such widget", async () => {
    await open("m1", { traits: { _widget: "constructor" } });
    await show("m1");
    await expect
      .poll(() => opened.page.locator(".view-0").textContent())
      .toContain(`the page doesn't know: "constructor"`);
  });
});

describe("several views of one widget", () => {
  it("share one session, which goes on when the first of them goes", async () => {
    await open("m1");
    const first = await show("m1");
    await shows("sum", "sum 10", 0);
    await show("m1");
    await shows("sum", "sum 10", 1);
    expect(await counts()).toEqual({ opened: 1, ended: 0 });
    await hide(first);
    await opened.page.evaluate(() => host.write("m1", { _props: { title: "after" } }));
    await shows("title", "after", 1);
    await opened.page.evaluate(() => host.say("m1", { kind: "ping", id: "p1" }));
    await expect.poll(async () => (await asked("pong")).length).toBe(1);
    expect(await counts()).toEqual({ opened: 1, ended: 0 });
  });

  it("end the session with the last of them, and a view that comes back opens another", async () => {
    await open("m1");
    const views = [await show("m1"), await show("m1")];
    await shows("sum", "sum 10", 1);
    for (const view of views) await hide(view);
    expect(await counts()).toEqual({ opened: 1, ended: 1 });
    await show("m1");
    await shows("sum", "sum 10", 2);
    expect(await counts()).toEqual({ opened: 2, ended: 1 });
  });

  it("update only what Python changed", async () => {
    await open("m1", { props: { points, title: "one" } });
    await show("m1");
    await shows("title", "one");
    await opened.page.evaluate((props) => host.write("m1", { _props: props }), { points, title: "two" });
    await shows("title", "two");
    expect(await opened.page.evaluate(() => sessions.updates)).toEqual([["title"]]);
  });

  it("end with the model when Python closes it", async () => {
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    await opened.page.evaluate(() => host.closeComm("m1"));
    await expect.poll(counts).toEqual({ opened: 1, ended: 1 });
  });
});

describe("a selection", () => {
  for (const form of ["DataView", "ArrayBuffer", "typed array", "base64"] as const)
    it(`is read from a ${form}`, async () => {
      await open("m1", { bytes: { _selected: [5], _saved: [1, 2] }, form });
      await show("m1");
      await shows("selected", "5");
    });

  for (const form of ["DataView", "ArrayBuffer", "typed array", "base64"] as const)
    it(`does not keep data from coming as ${form}`, async () => {
      await opened.page.evaluate((as) => {
        const say = host.say;
        host.say = (id, content, buffers) => say(id, content, buffers, as);
      }, form);
      await open("m1");
      await show("m1");
      await shows("sum", "sum 10");
    });

  it("made in the page is written as a DataView, and is not written again when Python repeats it", async () => {
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    await opened.page.locator(".view-0 button").click();
    await expect.poll(() => trait("m1", "_selected")).toEqual({ form: "DataView", bytes: [2] });
    const updates = () =>
      opened.page.evaluate(() =>
        host.sent("m1").filter(({ data }) => "_selected" in Object(data.state) || data.method === "update"),
      );
    const before = (await updates()).length;
    await opened.page.evaluate(() => host.write("m1", {}, { _selected: [2] }));
    await opened.page.evaluate(() => host.write("m1", {}, { _selected: [4] }));
    await shows("selected", "4");
    await opened.page.evaluate(() => host.write("m1", {}, { _selected: [] }));
    await shows("selected", "none");
    await opened.page.evaluate(() => new Promise(requestAnimationFrame));
    expect((await updates()).length).toBe(before);
  });

  it("reaches widgets of the same group in the page, each of which tells its own Python", async () => {
    for (const id of ["m1", "m2"]) {
      await open(id, { traits: { _group: "g" } });
      await show(id);
    }
    await shows("sum", "sum 10", 1);
    await opened.page.locator(".view-0 button").click();
    await shows("selected", "2", 1);
    await expect.poll(() => trait("m2", "_selected")).toEqual({ form: "DataView", bytes: [2] });
  });

  it("follows a link that is made later, and one that is undone", async () => {
    for (const id of ["m1", "m2"]) {
      await open(id);
      await show(id);
    }
    await shows("sum", "sum 10", 1);
    await opened.page.locator(".view-0 button").click();
    await shows("selected", "none", 1);
    await opened.page.evaluate(() => host.write("m1", { _group: "g" }));
    await opened.page.evaluate(() => host.write("m2", { _group: "g" }));
    await shows("selected", "2", 1);
  });
});

describe("widgets that each keep their selection", () => {
  const rule = (name: string) => [...new TextEncoder().encode(name)];
  const bytes = (...values: readonly number[]) => ({ form: "DataView", bytes: values });

  /** Two that are linked by this rule; a click in one selects row 1 there. */
  async function openTwo(how: string, owns: readonly (readonly number[])[]): Promise<void> {
    for (const [place, id] of ["m1", "m2"].entries()) {
      await open(id, { traits: { _group: "g" }, bytes: { _link_how: rule(how), _own: owns[place] ?? [] } });
      await show(id);
    }
    await shows("sum", "sum 10", 1);
  }

  /** What the first has told Python of its selection. */
  const kept = () =>
    opened.page.evaluate(() =>
      host.sent("m1").flatMap(({ data, buffers }) => {
        const { kind, name } = Object(data.content);
        return kind === "keep" && name !== "_saved" ? [`${name} ${buffers[0]}`] : [];
      }),
    );

  it("show it combined, and tell Python what each has and shows", async () => {
    await openTwo("union", [[1], [4]]);
    await shows("selected", "5", 0);
    await shows("selected", "5", 1);
    for (const id of ["m1", "m2"]) await expect.poll(() => trait(id, "_selected")).toEqual(bytes(5));
    await opened.page.locator(".view-0 button").click();
    await shows("selected", "6", 1);
    await expect.poll(() => trait("m1", "_own")).toEqual(bytes(2));
    for (const id of ["m1", "m2"]) await expect.poll(() => trait(id, "_selected")).toEqual(bytes(6));
    expect(await trait("m2", "_own")).toEqual(bytes(4));
    expect((await kept()).slice(-2)).toEqual(["_own 2", "_selected 6"]);
  });

  it("tell Python what they show although it is the same rows: Python may not know what the others have", async () => {
    await openTwo("intersect", [[3], [6]]);
    await expect.poll(() => trait("m1", "_selected")).toEqual(bytes(2));
    await opened.page.locator(".view-0 button").click();
    await expect.poll(async () => (await kept()).slice(-2)).toEqual(["_own 2", "_selected 2"]);
  });

  it("take what Python selects in one of them, which is not what they show", async () => {
    await openTwo("exclude", [[1], []]);
    await opened.page.evaluate(() => host.write("m2", {}, { _own: [3], _selected: [2] }));
    await shows("selected", "0", 0);
    await shows("selected", "2", 1);
    await opened.page.evaluate(() => host.write("m1", {}, { _selected: [8] }));
    await opened.page.evaluate(() => new Promise(requestAnimationFrame));
    await shows("selected", "0", 0);
  });

  it("follow a link that Python makes while they are on show", async () => {
    for (const id of ["m1", "m2"]) {
      await open(id);
      await show(id);
    }
    await shows("sum", "sum 10", 1);
    for (const [id, own] of [
      ["m1", 3],
      ["m2", 6],
    ] as const)
      await opened.page.evaluate(
        ([name, mask, how]) => host.write(name, { _group: "g" }, { _own: [mask], _link_how: how }),
        [id, own, rule("intersect")] as const,
      );
    await shows("selected", "2", 0);
    await shows("selected", "2", 1);
  });

  it("go on without one that has left, and take its selection back when it comes again", async () => {
    await openTwo("intersect", [[3], [6]]);
    await shows("selected", "2", 1);
    await hide(0);
    await shows("selected", "6", 1);
    await expect.poll(() => trait("m2", "_selected")).toEqual(bytes(6));
    expect(await trait("m1", "_own")).toEqual(bytes(3));
    await show("m1");
    await shows("selected", "2", 1);
    await shows("selected", "2", 2);
  });

  it("keep on doing so when Python has gone", async () => {
    await openTwo("union", [[1], [4]]);
    for (const id of ["m1", "m2"]) await opened.page.evaluate((name) => host.breakComm(name), id);
    await opened.page.locator(".view-0 button").click();
    await shows("selected", "6", 1);
    await expect.poll(() => trait("m2", "_selected")).toEqual(bytes(6));
    expect(opened.errors).toEqual([]);
  });
});

describe("what Python asks for", () => {
  it("is answered in chunks, each after the one before was acknowledged", async () => {
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    await opened.page.evaluate(() => {
      host.held = true;
      host.say("m1", { kind: "command", id: "c1", name: "large", options: { size: 17 * 2 ** 20 } });
    });
    const heads = async () => (await asked("answer")).concat(await asked("answer-chunk"));
    await expect.poll(async () => (await heads()).length).toBe(1);
    expect((await heads())[0]).toMatchObject({ of: "c1", total: 17 * 2 ** 20 });
    for (const expected of [2, 3, 4]) {
      await opened.page.evaluate(() => {
        host.release();
        host.held = true;
      });
      await expect.poll(async () => (await heads()).length).toBe(expected);
    }
    expect((await asked("answer-chunk")).map(({ offset }) => offset)).toEqual([0, 8 * 2 ** 20, 16 * 2 ** 20]);
  });

  it("may need a part of the code, which comes once", async () => {
    await opened.page.evaluate(
      (part) => {
        const answer = host.answer;
        host.answer = (comm, data) => {
          const { kind, name, id } = Object(data.content) as { kind?: string; name?: string; id?: string };
          if (kind !== "part?" || name !== "pdf") return answer?.(comm, data);
          host.asked.push({ kind: "pdf?" });
          queueMicrotask(() => host.say(comm.comm_id, { kind: "part", id, name }, [part]));
        };
      },
      [...gzipSync("export default 'the pdf part'")],
    );
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    for (const id of ["c1", "c2"])
      await opened.page.evaluate(
        (name) => host.say("m1", { kind: "command", id: name, name: "part", options: {} }),
        id,
      );
    await expect.poll(() => asked("answer")).toMatchObject([{ header: { part: "the pdf part" } }, { of: "c2" }]);
    expect(await asked("pdf?")).toHaveLength(1);
  });

  it("can be cancelled, and what the page can't do is said", async () => {
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    await opened.page.evaluate(() => {
      host.say("m1", { kind: "command", id: "c1", name: "forever", options: {} });
      host.say("m1", { kind: "cancel", id: "c1" });
      host.say("m1", { kind: "command", id: "c2", name: "toString", options: {} });
    });
    await expect.poll(() => asked("failed")).toMatchObject([{ id: "c2", reason: `This widget can't do "toString".` }]);
  });

  it("is told how far the work is, the end at once", async () => {
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    // What a page says in one turn leaves at its end, which may be after the picture.
    const last = async () => (await asked("status")).at(-1);
    await expect.poll(last).toMatchObject({ status: { phase: "done", caption: "A sum." } });
    await expect.poll(() => trait("m1", "_saved")).toEqual({ form: "DataView", bytes: [1, 2, 3] });
  });

  it("is computed by a line of progress when the widget is on show nowhere", async () => {
    await open("m1");
    await open("line", { traits: { _widget: "progress", _of: "m1" } });
    await show("line");
    await expect.poll(() => opened.page.locator(".view-0").textContent()).toBe("A sum.");
    expect(await counts()).toEqual({ opened: 1, ended: 0 });
    await opened.page.evaluate(() => host.say("m1", { kind: "command", id: "c1", name: "sum", options: {} }));
    await expect.poll(() => asked("answer")).toMatchObject([{ of: "c1", header: { text: "sum 10" } }]);
  });
});

const STOPPED = "Python has stopped; the picture still works. Run the cell to use it from Python.";

describe("when Python goes", () => {
  it("says so, and the picture stays", async () => {
    await opened.page.evaluate(() => host.withKernel("idle"));
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    await opened.page.evaluate(() => host.kernelBecomes("autorestarting"));
    await shows("notice", STOPPED);
    await shows("sum", "sum 10");
  });

  it("leaves a selection that works, without an error", async () => {
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    await opened.page.evaluate(() => host.breakComm("m1"));
    await opened.page.locator(".view-0 button").click();
    await expect.poll(() => trait("m1", "_selected")).toEqual({ form: "DataView", bytes: [2] });
    expect(opened.errors).toEqual([]);
  });

  it("while the page computes, says so once there is a picture", async () => {
    await opened.page.evaluate(() => {
      host.withKernel("idle");
      const answer = host.answer;
      host.answer = (comm, data) => {
        answer?.(comm, data);
        // The data have come, the picture has not.
        if (Object(data.content).kind === "keep") host.kernelBecomes("dead");
      };
    });
    await open("m1");
    await show("m1");
    await shows("sum", "sum 10");
    await shows("notice", STOPPED);
  });

  it("while data travel, fails their reading with a sentence", async () => {
    await opened.page.evaluate(() => host.withKernel("idle"));
    await open("m0");
    await show("m0");
    await shows("sum", "sum 10");
    await opened.page.evaluate(() => {
      host.held = true;
    });
    await open("m1", { props: { points: { $array: { key: "k2", dtype: "float32", shape: [4, 1] } } } });
    await show("m1");
    await opened.page.waitForFunction(() => host.asked.some(({ kind, key }) => kind === "read" && key === "k2"));
    await opened.page.evaluate(() => host.kernelBecomes("dead"));
    await shows("sum", "lost: Python has stopped, and with it the data that are not here yet.", 1);
    await shows("sum", "sum 10", 0);
  });

  it("without a word, is noticed by its silence", async () => {
    await opened.page.evaluate(() => host.withKernel("idle"));
    await open("m1", { props: { points: { $array: { key: "k2", dtype: "float32", shape: [4, 1] } } } });
    await opened.page.evaluate(() => {
      const answer = host.answer;
      host.answer = (comm, data) => {
        const { kind } = Object(data.content) as { kind?: string };
        if (kind !== "read" && kind !== "ping") answer?.(comm, data);
      };
    });
    await show("m1");
    await shows("sum", "lost: Python has stopped, and with it the data that are not here yet.");
    await shows("notice", "");
  });

  it("in a host that says nothing of its kernel, is called silent until it answers after all", async () => {
    await opened.page.evaluate(() => {
      host.held = true;
    });
    await opened.page.evaluate(
      (core) => host.open("asset", { _esm: "export default {}" }, { contents: core }),
      opened.core,
    );
    await open("m1", { traits: { _core: "IPY_MODEL_asset" } });
    await show("m1");
    const asked = Date.now();
    await shows(
      "notice",
      "Python does not answer: it is busy with another cell, or it has stopped; then run the cell again.",
    );
    expect(Date.now() - asked).toBeLessThan(10_000);
    await opened.page.evaluate(() => host.release());
    await shows("sum", "sum 10");
    await shows("notice", "");
  });

  it("is not taken for gone while it is busy with a cell", async () => {
    await opened.page.evaluate(() => {
      host.withKernel("busy");
      host.held = true;
    });
    await opened.page.evaluate(
      (core) => host.open("asset", { _esm: "export default {}" }, { contents: core }),
      opened.core,
    );
    await open("m1", { traits: { _core: "IPY_MODEL_asset" } });
    await show("m1");
    await shows("notice", "Python is busy with another cell; the data follow when it is free.");
    await opened.page.evaluate(() => host.release());
    await shows("sum", "sum 10");
    await shows("notice", "");
  });

  it("data that Python no longer has are refused with its own sentence", async () => {
    await open("m1", { props: { points: { $array: { key: "gone", dtype: "float32", shape: [4, 1] } } } });
    await show("m1");
    await shows("sum", "input: Python no longer has these data.");
  });

  it("a saved notebook shows its saved picture, with no kernel and no word about one", async () => {
    const state = { _esm: opened.loader, _anywidget_id: "t", _widget: "counting", _id: "m1", _core: "IPY_MODEL_asset" };
    await opened.page.evaluate(
      ([core, all]) =>
        Promise.all([
          host.reopen("asset", { _esm: "export default {}" }, { contents: core }),
          host.reopen(
            "m1",
            { ...all, _core_key: "c1", _props: {}, _selected: "", _group: "" },
            { _saved: [1, 2, 3, 4] },
          ),
        ]).then(() => {}),
      [opened.core, state] as const,
    );
    await show("m1");
    await shows("sum", "saved 4");
    await shows("notice", "");
  });
});
