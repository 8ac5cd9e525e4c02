/** The parts in which the engine for models comes. */
export type EngineBuild = "engine" | "engine-jspi";

/**
 * The build for this browser. Where WebAssembly can wait for promises by itself (JSPI: Chromium from 137 on) one does whose
 * functions are two thirds as long: compiling them is most of a model's first answer. The other is rewritten so that it
 * can be left and entered again (asyncify), and runs everywhere.
 */
export function engineBuild(): EngineBuild {
  return "Suspending" in WebAssembly ? "engine-jspi" : "engine";
}
