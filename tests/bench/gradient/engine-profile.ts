import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { resolve } from "node:path";

/** One operator of a graph as the engine ran it. */
export interface RunOperator {
  readonly type: string;
  /** Whether the gradient added it, and not for the forward half. */
  readonly isBack: boolean;
  readonly microseconds: number;
  /** Of convolutions and products. */
  readonly multiplyAdds: number;
}

/** A line of the engine's profile. */
interface ProfileLine {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly args: {
    readonly op_name: string;
    readonly input_type_shape: readonly Readonly<Record<string, readonly number[]>>[];
    readonly output_type_shape: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

/** Runs that are not counted: what is hot is compiled once more, and better, beside them. */
const WARM_UPS = 3;

/** The operators of a network's gradient in so many runs, one thread of WebAssembly in Node. */
export async function profileEngine(network: string, runs: number): Promise<readonly RunOperator[]> {
  const script = ["scripts/run-ts.mjs", "tests/bench/gradient/run-profiled.ts", network, String(WARM_UPS + runs)];
  // The engine writes at once whatever there is, which no pipe takes.
  const path = resolve(".cache", `${network}-profile.txt`);
  const printed = await open(path, "w");
  try {
    await once(spawn(process.execPath, script, { stdio: ["ignore", printed.fd, "inherit"] }), "exit");
  } finally {
    await printed.close();
  }
  const found = (await readFile(path, "utf8")).split("\n").flatMap(readLine);
  return found.slice((found.length / (WARM_UPS + runs)) * WARM_UPS);
}

function readLine(line: string): readonly RunOperator[] {
  if (!line.startsWith('{"cat"')) return [];
  const { cat, name, dur, args } = JSON.parse(line.replace(/,$/, "")) as ProfileLine;
  if (cat !== "Node" || !name.endsWith("_kernel_time")) return [];
  const isBack = name.includes("layerscope/backward/") && !name.includes("/tiled/");
  return [{ type: args.op_name, isBack, microseconds: dur, multiplyAdds: multiplyAddsOf(args) }];
}

function multiplyAddsOf({ op_name, input_type_shape, output_type_shape }: ProfileLine["args"]): number {
  const [first = [], second = []] = input_type_shape.map((each) => Object.values(each)[0] ?? []);
  const [output = []] = output_type_shape.map((each) => Object.values(each)[0] ?? []);
  const count = (dims: readonly number[]) => dims.reduce((product, size) => product * size, 1);
  // [out, in / group, ...kernel] of Conv, [in, out / group, ...kernel] of ConvTranspose.
  if (/^(Fused)?Conv$/.test(op_name)) return count(output) * count(second.slice(1));
  if (op_name === "ConvTranspose") return count(first) * count(second.slice(1));
  if (!/^(Fused)?(MatMul|Gemm)$/.test(op_name)) return 0;
  // What is summed over lies in both and not in the answer: of matrices m x k, k x n and m x n.
  const [left = 0, right = 0, made = 1] = [first, second, output].map((dims) => count(dims.slice(-2)));
  return count(output) * Math.sqrt((left * right) / made);
}
