// Builds everything that is shipped: the npm package's dist/ and the wheel's static files.
//   node scripts/build.mjs            all of it
//   node scripts/build.mjs --plain    readable, for debugging
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { esbuildPlugin, workerMetafiles } from "./bundle-plugins.mjs";
import { bundleEngine, engineMetafiles } from "./engine.mjs";
import { packagesIn, writeNotices } from "./notices.mjs";
import { packModules } from "./pack-modules.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const inRoot = (path) => resolve(root, path);
const minify = !process.argv.includes("--plain");
const { version } = JSON.parse(await readFile(inRoot("package.json"), "utf8"));

const metafiles = [];

const shared = {
  target: "es2022",
  minify,
  legalComments: "none",
  // UMD dependencies would otherwise see a notebook's AMD loader.
  define: { "define.amd": "false" },
  plugins: [esbuildPlugin()],
};

async function bundle(entry, options = {}) {
  const result = await build({
    ...shared,
    entryPoints: [inRoot(entry)],
    bundle: true,
    write: false,
    format: "esm",
    metafile: true,
    ...options,
  });
  metafiles.push(result.metafile);
  return Buffer.from(result.outputFiles[0].contents);
}

async function bundleInModules(entry) {
  const { pack, metafile } = await packModules(inRoot(entry), shared);
  metafiles.push(metafile);
  return pack;
}

async function write(path, contents) {
  await mkdir(dirname(inRoot(path)), { recursive: true });
  await writeFile(inRoot(path), contents);
}

const [core, loader, standalone, plotly, pdf, compute, index, colors, engine, engineJspi] = await Promise.all([
  bundleInModules("src/entries/core.ts"),
  bundle("src/entries/loader.ts"),
  bundle("src/entries/standalone.ts"),
  bundle("src/entries/plotly-part.ts"),
  bundle("src/widgets/export/pdf-part.ts"),
  bundle("src/compute/index.ts"),
  // Plotly and the PDF writer stay apart in the npm package: a page's bundler loads them when first asked for.
  bundle("src/index.ts", { external: ["./parts/*"] }),
  bundle("src/compute/saliency/drawing/colormap-tables.ts"),
  // No part of any bundle: a worker takes them in when a model is first loaded.
  bundleEngine("engine"),
  bundleEngine("engine-jspi"),
]);

const wheel = "python-shim/layerscope/static";
await rm(inRoot(wheel), { recursive: true, force: true });
await rm(inRoot("dist"), { recursive: true, force: true });
await write("dist/index.js", index);
await write("dist/compute.js", compute);
await write("dist/parts/plotly.js", plotly);
await write("dist/parts/pdf.js", pdf);
const base64 = (contents) => gzipSync(contents, { level: 9 }).toString("base64");
// Modules, so that bundlers carry them without a loader of their own: the engine for models, what toHtml builds a page around.
for (const [part, { glue, wasm }] of Object.entries({ engine, "engine-jspi": engineJspi }))
  await write(
    `dist/parts/${part}-files.js`,
    `export default ${JSON.stringify({ engine: base64(glue), "engine-wasm": base64(wasm) })};\n`,
  );
const page = {
  standalone: standalone.toString(),
  blocks: { core: base64(core), "part-plotly": base64(plotly), "part-pdf": base64(pdf) },
};
await write("dist/parts/page.js", `export default ${JSON.stringify(page)};\n`);
await write(`${wheel}/loader.js`, loader);
await write(`${wheel}/standalone.js`, standalone);
// Python looks colours up in the tables that the page draws with; they are written down once.
const { colormapTable } = await import(`data:text/javascript;base64,${colors.toString("base64")}`);
const tables = ["inferno", "oranges"].map((name) => [name, Buffer.from(colormapTable(name)).toString("hex")]);
await write(`${wheel}/colormaps.json`, `${JSON.stringify(Object.fromEntries(tables), null, 2)}\n`);
const notices = await writeNotices(packagesIn([...metafiles, ...workerMetafiles, ...engineMetafiles]));
await write("dist/THIRD-PARTY-LICENCES.txt", notices);
await write(`${wheel}/THIRD-PARTY-LICENCES.txt`, notices);
const packed = {
  "core.js.gz": core,
  "plotly.js.gz": plotly,
  "pdf.js.gz": pdf,
  "engine.js.gz": engine.glue,
  "engine.wasm.gz": engine.wasm,
  "engine-jspi.js.gz": engineJspi.glue,
  "engine-jspi.wasm.gz": engineJspi.wasm,
};
const manifest = { version, files: {} };
for (const [name, contents] of Object.entries(packed)) {
  const gz = gzipSync(contents, { level: 9 });
  await write(`${wheel}/${name}`, gz);
  manifest.files[name] = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  console.log(
    `${name.padEnd(14)} ${(contents.length / 1024).toFixed(0)} kB, ${(gz.length / 1024).toFixed(0)} kB packed`,
  );
}
execFileSync(process.execPath, [inRoot("node_modules/typescript/bin/tsc"), "-p", inRoot("tsconfig.build.json")], {
  stdio: "inherit",
});
console.log(`loader.js      ${(loader.length / 1024).toFixed(1)} kB`);
// The hash names the code in the page: two versions in one page do not mix.
await write(`${wheel}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
