import { expect, it } from "vitest";
import { type RowMask, rowsOf } from "../../../src/compute/selection/row-mask.ts";
import type { ScatterSession } from "../../../src/widgets/umap-scatter/session.ts";
import { spaceKeys } from "../../../src/widgets/umap-scatter/space/space-keys.ts";
import type { ThreeDView } from "../../../src/widgets/umap-scatter/space/three-d.ts";

it("a row that was added while the map stood in space is chosen by keys", () => {
  let selected: RowMask | null = null;
  const rows = {
    hovered: 12,
    select(mask: RowMask) {
      selected = mask;
    },
    look() {},
  };
  const session = { rows, count: 5 };
  const keys = spaceKeys(session as unknown as ScatterSession, {} as ThreeDView, () => {});
  session.count = 20;
  keys.choose();
  expect(selected && Array.from(rowsOf(selected))).toEqual([12]);
});
