import type { Pace } from "../../../runtime/pace.ts";
import { GpuFailure } from "../../../webgpu/gpu-failure.ts";
import { runInSlices } from "../../../webgpu/run-in-slices.ts";
import type { GPUBuffer } from "../../../webgpu/webgpu-types.ts";
import type { Metric } from "../../options.ts";
import type { ColumnPanel } from "./column-panels.ts";
import type { ListPanels } from "./list-panels.ts";
import { descentPipeline, NONE, type TaskPasses } from "./task-passes.ts";

/** Rows that are compared with each other, as places in a buffer. */
export interface GroupShape {
  /** Places of a group, a multiple of 4; unfilled ones hold NONE. */
  readonly places: number;
  /** The first so many are compared with all members, those after them with these alone. Both are filled from the left. */
  readonly fresh: number;
  /** The first so many are offered what they were compared with. */
  readonly linked: number;
}

/** Numbers of the table of distances: groups that are done together fit in. */
const TABLE_NUMBERS = 1 << 24;
/** Distances a place, at least, that the buffer of members is cut for. */
const DISTANCES_A_PLACE = 16;
const GROUPS_AT_ONCE = 64;
const MOST_GROUPS = 65_535;
/** The largest table that a row alone may ask for: 48 fresh candidates and as many old ones. */
const NUMBERS_A_ROW = 2 * 48 * 48;

/**
 * Groups of rows compared within, and every row's list offered what it was compared with. Distances go into a table,
 * each row's places in it into a chain, and then each row alone walks its own: no two lanes write to one list.
 */
export class GroupJoin {
  /** Rows of the groups at work; to be filled by the passes that `run` asks for. */
  readonly members: GPUBuffer;
  readonly #numbers: number;
  readonly #heads: GPUBuffer;
  readonly #links: GPUBuffer;
  readonly #distances: GPUBuffer;
  readonly #sums: GPUBuffer;

  constructor(
    readonly passes: TaskPasses,
    readonly columns: readonly ColumnPanel[],
    readonly lists: ListPanels,
    readonly metric: Metric,
    bindingBytes: number,
  ) {
    const { memory } = passes;
    const { rows } = lists;
    const isWhole = columns.length === 1;
    const most = Math.min(TABLE_NUMBERS, Math.floor(bindingBytes / (isWhole ? 4 : 16)));
    this.#numbers = Math.min(most, rows * NUMBERS_A_ROW);
    this.members = memory.allocate((this.#numbers / DISTANCES_A_PLACE) * 4);
    this.#links = memory.allocate((this.#numbers / DISTANCES_A_PLACE) * 4);
    this.#heads = memory.allocate(rows * 4);
    this.#distances = memory.allocate(this.#numbers * 4);
    this.#sums = memory.allocate(isWhole ? 16 : this.#numbers * 16);
  }

  /**
   * @param total Groups in all.
   * @param addMembers Adds the passes that put the rows of groups `first` to `end - 1` into `members`, from its start.
   */
  async run(
    total: number,
    shape: GroupShape,
    addMembers: (first: number, end: number) => void,
    pace: Pace,
    onShare: (share: number) => void = () => {},
  ): Promise<void> {
    const { passes, members, lists, columns } = this;
    const { rows, keep } = lists;
    const { gpu } = passes.memory;
    const { fresh, places, linked } = shape;
    const constants = { FRESH_PLACES: fresh, PLACES: places };
    const fill = await descentPipeline(gpu, "fill");
    const link = await descentPipeline(gpu, "link", { PLACES: places, LINKED: linked });
    const measure = await descentPipeline(gpu, "measure", {
      ...constants,
      METRIC: this.metric === "manhattan" ? 2 : 0,
    });
    const offer = await descentPipeline(gpu, "offer", constants);
    const capacity = Math.min(
      MOST_GROUPS,
      Math.floor(this.#numbers / (fresh * places)),
      Math.floor(this.#numbers / DISTANCES_A_PLACE / places),
    );
    if (capacity === 0) throw new GpuFailure("out-of-memory", `${places} rows: a binding holds no group of them.`);
    const unit = Math.min(GROUPS_AT_ONCE, capacity);
    await runInSlices(
      gpu,
      Math.ceil(total / unit),
      (from, to) => {
        const [first, end] = [from * unit, Math.min(total, to * unit)];
        const used = (end - first) * places;
        passes.add(fill, [members], { end: used, seed: NONE }, used);
        passes.add(fill, [this.#heads], { end: rows, seed: NONE }, rows);
        addMembers(first, end);
        passes.add(link, [members, this.#heads, this.#links], { first, end }, used);
        for (const { buffer, vectors, isFirst, isLast } of columns)
          passes.addGroups(
            measure,
            [buffer, members, this.#sums, this.#distances],
            { vectors, isFirst, isLast },
            end - first,
          );
        for (const panel of lists.panels)
          passes.add(
            offer,
            [this.#heads, this.#links, members, this.#distances, panel.ids, panel.distances],
            { keep, listFirst: panel.first, listRows: panel.rows },
            panel.rows,
          );
        return passes.take();
      },
      pace,
      (done) => onShare(Math.min(1, (done * unit) / total)),
      Math.floor(capacity / unit),
    );
  }
}
