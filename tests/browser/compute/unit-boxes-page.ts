// Asks the page's worker what is drawn of units for unit-boxes.test.ts: everything goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import type { BoxTask } from "../../../src/compute/statistics/boxes/unit-box-maker.ts";

export interface AskedOfBoxes {
  readonly data: readonly number[];
  readonly columns: number;
  readonly groups: readonly number[];
  readonly groupCount: number;
  readonly task: BoxTask;
  readonly masks: readonly (readonly number[])[];
}

/** Arrays as plain ones, whatever they are in. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (ArrayBuffer.isView(each) ? [...(each as Float64Array)] : each)));

async function askBoxes({ data, columns, groups, groupCount, task, masks }: AskedOfBoxes) {
  const client = pageClient();
  const key = "boxes";
  const codes = Int32Array.from(groups);
  const keep = () =>
    client.call("keepUnits", {
      key,
      rows: {
        values: { data: Float32Array.from(data), rows: codes.length, columns },
        groups: { codes, count: groupCount },
        slides: null,
      },
    });
  await keep();
  const [first, second] = masks.map((mask) => Uint8Array.from(mask));
  const whole = await client.call("unitBoxes", { ...task, key, mask: null });
  const alone = first && (await client.call("selectionBoxes", { ...task, key, mask: first }));
  const both = await client.call("unitBoxes", { ...task, key, mask: second ?? null });
  await client.call("forgetUnits", { key });
  const failureOf = (call: Promise<unknown>) => call.then(String, (thrown) => ComputeError.from(thrown).kind);
  const forgotten = await failureOf(client.call("unitBoxes", { ...task, key, mask: null }));
  await keep();
  const again = await client.call("unitBoxes", { ...task, key, mask: second ?? null });
  return plain({ whole, alone, both, forgotten, again });
}

declare global {
  interface Window {
    askBoxes: typeof askBoxes;
  }
}
window.askBoxes = askBoxes;
