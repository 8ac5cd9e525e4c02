import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { onOneCore } from "../measure/one-core.ts";

const ONE_THREAD = {
  NUMBA_NUM_THREADS: "1",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  RAYON_NUM_THREADS: "1",
};

/** A Python program of this folder in the benchmarks' environment, one thread on one core; it answers line by line. */
export class PythonPeer implements AsyncDisposable {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  /**
   * @param script Its name, without `.py`.
   * @param environment The folder of another environment than the benchmarks' own.
   * @param variables More for its environment.
   */
  constructor(
    private readonly script: string,
    environment = ".bench",
    variables: NodeJS.ProcessEnv = {},
  ) {
    const { file, env } = onOneCore(resolve(environment, "bin/python"));
    this.#process = spawn(file, [resolve(`tests/bench/peers/${script}.py`)], {
      env: { ...env, ...ONE_THREAD, ...variables },
    });
    this.#process.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** One question, one answer: JSON both. */
  async ask<Answer>(question: object): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.script} ended without an answer.`);
    return JSON.parse(value) as Answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.stdin.end();
    await ended;
  }
}
