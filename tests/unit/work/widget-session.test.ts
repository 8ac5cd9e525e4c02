import { expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import { WidgetSession } from "../../../src/widgets/work/widget-session.ts";

class Session extends WidgetSession<"data"> {
  override tell(change: "data" | "status"): void {
    super.tell(change);
  }
}

function open(life = new AbortController()) {
  const nothing = () => undefined;
  const host = {
    ...{ signal: life.signal, report: nothing, keep: nothing, download: nothing, again: "" },
    load: () => Promise.reject(new Error("nothing to load")),
  };
  return { life, session: new Session("map", 10, host) };
}

it("a session tells its views of changes, and of what is said of the work", () => {
  const { session } = open();
  const heard: string[] = [];
  const view = new AbortController();
  session.listen((change) => heard.push(change), view.signal);
  session.tell("data");
  session.notice("Python has stopped.");
  expect(heard).toEqual(["data", "status"]);
  expect(session.work.hostNotice).toBe("Python has stopped.");
  view.abort();
  session.tell("data");
  expect(heard).toHaveLength(2);
});

it("sessions are told apart by their ids, also those of one kind", () => {
  expect(open().session.rows.id).not.toBe(open().session.rows.id);
});

it("a session that ends takes its selection along, and nobody waits for it any more", async () => {
  const { life, session } = open();
  const other = new LinkedRows("other", 10);
  linkRows([session.rows, other], undefined, "union");
  session.rows.select(maskOf([3], 10));
  expect(other.selected).toEqual(maskOf([3], 10));
  life.abort();
  expect([other.selected, other.isShared]).toEqual([null, false]);
  await expect(session.ready).rejects.toThrow("The widget has ended.");
});
