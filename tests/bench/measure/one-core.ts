import { resolve } from "node:path";

/** To start a program on one core: start `file` with `env`, and the program's own arguments. */
export function onOneCore(program: string): { readonly file: string; readonly env: NodeJS.ProcessEnv } {
  return { file: resolve("tests/bench/measure/one-core.sh"), env: { ...process.env, PROGRAM: program } };
}
