// Compiles every AssemblyScript entry (src/**/kernels/NAME.ts named in KERNELS) to build/NAME.wasm, when it is newer.
import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const KERNELS = {
  umap: "src/compute/umap/kernels/umap.ts",
  images: "src/compute/images/kernels/images.ts",
  statistics: "src/compute/statistics/kernels/statistics.ts",
};

export const kernelFile = (name) => resolve(root, "build", `${name}.wasm`);

const changedAt = async (path) => (await stat(path).catch(() => null))?.mtimeMs ?? 0;

async function compileOne(name) {
  const entry = resolve(root, KERNELS[name]);
  const folder = dirname(entry);
  const sources = (await readdir(folder)).filter((file) => file.endsWith(".ts")).map((file) => resolve(folder, file));
  const newest = Math.max(...(await Promise.all(sources.map(changedAt))));
  if ((await changedAt(kernelFile(name))) > newest) return;
  await mkdir(resolve(root, "build"), { recursive: true });
  const { error, stderr } = await asc.main(
    [KERNELS[name], "-o", `build/${name}.wasm`, "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"],
    { baseDir: root },
  );
  if (error) throw new Error(`AssemblyScript could not compile ${KERNELS[name]}: ${stderr.toString()}`);
}

let running;

/** Compile what has changed; calls made meanwhile share the one run. */
export function compileKernels() {
  running ??= Promise.all(Object.keys(KERNELS).map(compileOne)).finally(() => {
    running = undefined;
  });
  return running;
}
