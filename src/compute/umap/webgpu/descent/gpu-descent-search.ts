import type { Pace } from "../../../runtime/pace.ts";
import { GpuMemory } from "../../../webgpu/gpu-memory.ts";
import { type DescentSearch, LEAF_ROWS, roundSeed, SETTLED, treeSeed } from "../../neighbors/descent-search.ts";
import type { NeighborGraph } from "../../options.ts";
import type { GpuRows } from "../gpu-rows.ts";
import { distanceOf, exactMeasure } from "../neighbors/measure-exactly.ts";
import { CandidateTables } from "./candidate-tables.ts";
import { columnPanels } from "./column-panels.ts";
import { GroupJoin } from "./group-join.ts";
import { ListPanels } from "./list-panels.ts";
import { ProjectionTree } from "./projection-tree.ts";
import { descentPipeline, TaskPasses } from "./task-passes.ts";

/** Rows drawn by chance beside as many as a list has places, as in draw.wgsl. */
const SPARE_DRAWS = 32;

/** NN-descent's lists and candidates on the GPU, with the CPU's bits: what is done is `NnDescentSearch`'s. */
export class GpuDescentSearch implements DescentSearch {
  readonly rows: number;
  #tables: CandidateTables | undefined;
  #trees = 0;
  #rounds = 0;

  private constructor(
    private readonly stored: GpuRows,
    private readonly passes: TaskPasses,
    private readonly lists: ListPanels,
    private readonly tree: ProjectionTree,
    private readonly join: GroupJoin,
    private readonly k: number,
    private readonly seed: number,
    private readonly pace: Pace,
  ) {
    this.rows = stored.rows;
  }

  /** @param keep Places of a list. */
  static async create(stored: GpuRows, k: number, keep: number, seed: number, pace: Pace): Promise<GpuDescentSearch> {
    const memory = new GpuMemory(stored.memory.gpu);
    try {
      const passes = new TaskPasses(memory);
      const columns = await columnPanels(stored, passes, pace);
      const lists = new ListPanels(passes, stored.rows, keep, stored.bindingBytes);
      const tree = new ProjectionTree(passes, stored.rows, columns);
      const join = new GroupJoin(passes, columns, lists, stored.metric, stored.bindingBytes);
      await lists.empty();
      return new GpuDescentSearch(stored, passes, lists, tree, join, k, seed, pace);
    } catch (thrown) {
      memory.release();
      throw thrown;
    }
  }

  makeRoom(most: number): void {
    this.#tables?.release();
    this.#tables = new CandidateTables(this.passes, this.lists, most, this.stored.bindingBytes);
  }

  async growTree(): Promise<void> {
    await this.tree.grow(treeSeed(this.seed, ++this.#trees), this.pace);
    const shape = { fresh: LEAF_ROWS, places: LEAF_ROWS, linked: LEAF_ROWS };
    await this.join.run(this.tree.leaves, shape, await this.tree.leafPasses(this.join.members), this.pace);
  }

  async fill(): Promise<void> {
    const { passes, lists, rows, seed, join } = this;
    const { keep } = lists;
    const places = (1 + keep + SPARE_DRAWS + 3) & ~3;
    const draw = await descentPipeline(passes.memory.gpu, "draw", { PLACES: places });
    const addMembers = (first: number, end: number) => {
      for (const { first: listFirst, rows: listRows, ids } of lists.panels)
        passes.add(draw, [ids, join.members], { first, end, rows, keep, seed, listFirst, listRows }, end - first);
    };
    await join.run(rows, { fresh: 1, places, linked: 1 }, addMembers, this.pace);
  }

  async descend(most: number, onShare: (share: number) => void): Promise<boolean> {
    const { rows, lists, join, pace } = this;
    const tables = this.#tables;
    if (!tables || tables.places < most) throw new RangeError(`no room for ${most} candidates`);
    const seed = roundSeed(this.seed, ++this.#rounds);
    await tables.choose(most, seed, pace);
    const addMembers = await tables.groupPasses(this.tree.order, join.members, most, seed);
    await join.run(rows, { fresh: most, places: 2 * most, linked: 2 * most }, addMembers, pace, onShare);
    return (await lists.countFresh(pace)) <= SETTLED * rows * lists.keep;
  }

  freshen(): Promise<void> {
    return this.lists.freshen(this.pace);
  }

  rank(): Promise<NeighborGraph> {
    const { stored, lists, k, pace } = this;
    return lists.rank(k, stored.width, exactMeasure(stored), distanceOf(stored), pace);
  }

  release(): void {
    this.#tables?.release();
    this.passes.memory.release();
  }
}
