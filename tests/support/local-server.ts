import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

export interface LocalServer {
  readonly address: string;
  /** End it and remove its folder. */
  stop(): Promise<void>;
}

export interface ServerProgram {
  readonly program: string;
  args(port: number): readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** A path that answers once the server is up. */
  readonly health: string;
  /** A folder of its own, removed with it. */
  readonly home: string;
}

/** Start a server on a free port of this machine. */
export async function startServer({ program, args, env, health, home }: ServerProgram): Promise<LocalServer> {
  const port = await freePort();
  const child = spawn(program, args(port), { stdio: ["ignore", "pipe", "pipe"], env });
  const address = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(child);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answering(`${address}${health}`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => found(port));
    });
  });
}

/** Resolves when the server answers; rejects with what it printed when it ends first or says nothing for a minute. */
async function answering(url: string, child: ChildProcess): Promise<void> {
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-4000);
    });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await setTimeout(50);
  }
  throw new Error(`The server did not start:\n${printed}`);
}

async function end(child: ChildProcess): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // Asked to end, the server ends its kernels first.
    child.kill(signal);
    await once(child, "exit", { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  }
}
