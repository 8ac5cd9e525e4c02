// Runs a TypeScript file in Node with the build's own module specifiers: node scripts/run-ts.mjs FILE [ARGUMENTS]
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { esbuildPlugin } from "./bundle-plugins.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error("usage: node scripts/run-ts.mjs FILE [ARGUMENTS]");
  process.exit(2);
}

// Beside node_modules, so that packages are found from the bundle as from the source.
const folder = resolve(root, "build", "run");
const outfile = resolve(folder, `${basename(file, ".ts")}-${process.pid}.mjs`);
await mkdir(folder, { recursive: true });
await build({
  entryPoints: [resolve(file)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  // They find the repository by their own place, which is two folders below the root as the bundle's is.
  external: ["*/bundle-plugins.mjs", "*/engine.mjs"],
  sourcemap: "inline",
  plugins: [esbuildPlugin()],
  logLevel: "error",
});
process.argv = [process.argv[0], resolve(file), ...args];
process.setSourceMapsEnabled(true);
try {
  await import(pathToFileURL(outfile).href);
} finally {
  await rm(outfile, { force: true });
}
