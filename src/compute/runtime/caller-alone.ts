import type { CrewMaker } from "./crew.ts";
import { localChannel } from "./local-channel.ts";
import { WorkerPool } from "./worker-pool.ts";

/** No workers: whoever asks does all the work. */
export const callerAlone: CrewMaker = () => new WorkerPool(localChannel, 0).crew(1);
