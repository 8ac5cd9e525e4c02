import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { KernelMemory } from "../kernel-memory.ts";
import type { GroupMoments, GroupRanks } from "../one-way/group-moments.ts";
import { readColumns } from "./read-columns.ts";
import type { RowCells } from "./row-cells.ts";

/** What the kernel counts digits in. */
const RADIX_COUNTS = 3 * 2048;

type Counted = Pick<GroupMoments, "groups" | "units" | "sizes" | "missing">;

/** Ranks of all rows that have a group, summed a group. */
export async function rankTiles(values: Matrix, cells: RowCells, counted: Counted, job: Job = {}): Promise<GroupRanks> {
  const ranks = emptyRanks(counted);
  const { groups, units } = counted;
  const { rows } = cells;
  const memory = await KernelMemory.create();
  const place = () => memory.allocate(4 * rows.length);
  const column = place();
  const order = place();
  const groupAt = place();
  const scratch = [place(), place(), place(), place()];
  const counts = memory.allocate(4 * RADIX_COUNTS);
  const sumsAt = memory.allocate(8 * groups);
  cells.groups.forEach((group, cell) => {
    memory.ints(groupAt, rows.length).fill(group, cells.starts[cell], cells.starts[cell + 1]);
  });
  const { sortValues, sumRanks } = memory.kernels;
  await readColumns(
    values,
    rows,
    (read, unit) => {
      memory.floats(column, rows.length).set(read);
      const finite = sortValues(column, rows.length, order, ...scratch, counts);
      const sums = memory.doubles(sumsAt, groups).fill(0);
      ranks.ties[unit] = sumRanks(column, order, finite, groupAt, sumsAt);
      sums.forEach((sum, group) => {
        ranks.rankSums[group * units + unit] = sum;
      });
    },
    "Ranking tiles",
    job,
  );
  return ranks;
}

function emptyRanks({ groups, units, sizes, missing }: Counted): GroupRanks {
  const rankSums = new Float64Array(groups * units);
  return { groups, units, sizes, missing, rankSums, ties: new Float64Array(units) };
}
