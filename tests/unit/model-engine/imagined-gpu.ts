import { vi } from "vitest";
import { Engine } from "../../../src/compute/model/engine/engine.ts";
import { nodeOrt } from "./node-engine.ts";

type CreateOptions = NonNullable<Parameters<typeof nodeOrt.InferenceSession.create>[1]>;

/** What a WebGPU does to what WebAssembly answers. */
export interface ImaginedGpu {
  readonly answers?: (data: Float32Array, isProbe: boolean) => void;
  fails?: string;
  /** How long the CPU takes over a run, in milliseconds of its clock; the GPU takes none. */
  readonly cpuTakes?: number;
  /** Called at each run, with how many numbers were read back. */
  readonly onRun?: (processor: "CPU" | "WebGPU", numbers: number) => void;
  /** Gets the sessions that are open. */
  readonly open?: Set<unknown>;
}

/** Let this thread look as if it had a GPU. @returns what takes it away again. */
export function stubGpu(): () => void {
  const device = { lost: new Promise(() => undefined), addEventListener: () => undefined, destroy: () => undefined };
  const adapter = {
    info: { vendor: "acme", architecture: "", device: "", description: "" },
    requestDevice: async () => device,
  };
  vi.stubGlobal("navigator", { gpu: { requestAdapter: async () => adapter } });
  return () => vi.unstubAllGlobals();
}

/** The engine of Node with a WebGPU that behaves as told. */
export function engineWith(imagined: ImaginedGpu): Engine {
  const { answers, cpuTakes = 5 } = imagined;
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
  const create = async (file: Uint8Array, options: CreateOptions) => {
    const session = await nodeOrt.InferenceSession.create(file, { ...options, executionProviders: ["wasm"] });
    const isCpu = options.executionProviders?.[0] === "wasm";
    imagined.open?.add(session);
    return {
      release: () => {
        imagined.open?.delete(session);
        return session.release();
      },
      run: async (asked: Parameters<typeof session.run>[0]) => {
        const found = await session.run(asked);
        const read = Object.values(found).reduce((sum, { size }) => sum + size, 0);
        imagined.onRun?.(isCpu ? "CPU" : "WebGPU", read);
        if (isCpu) clock += cpuTakes;
        else {
          clock += 1;
          if (imagined.fails) throw new Error(imagined.fails);
          for (const tensor of Object.values(found)) answers?.(tensor.data as Float32Array, "convolved" in found);
        }
        return found;
      },
    };
  };
  return new Engine(() => ({ ...nodeOrt, InferenceSession: { create } }) as unknown as typeof nodeOrt);
}
