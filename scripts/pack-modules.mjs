// A bundle in several modules as one file, which src/widgets/host/import-modules.ts evaluates in a page.
import { basename } from "node:path";
import { build } from "esbuild";

/** Bundle `entry`; what is imported by `import()` becomes a module of its own, and what several of them share. */
export async function packModules(entry, options) {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: { entry },
    bundle: true,
    write: false,
    format: "esm",
    splitting: true,
    outdir: "/",
    metafile: true,
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const imports = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output.imports]));
  const inOrder = (kinds) => importedFirst("entry.js", imports, kinds);
  const names = inOrder(["import-statement", "dynamic-import"]);
  // As the bundler writes the names of other modules.
  const addresses = new RegExp(`"\\./(${names.join("|").replaceAll(".", "\\.")})"`);
  const modules = names.map((name) => [name, texts.get(name).split(addresses)]);
  const pieces = modules.map(([name, parts]) => [
    name,
    parts.map((part, at) => (at % 2 ? part : Buffer.byteLength(part))),
  ]);
  const bodies = modules.flatMap(([, parts]) => parts.filter((_, at) => at % 2 === 0));
  const contents = { first: inOrder(["import-statement"]), modules: Object.fromEntries(pieces) };
  return { pack: Buffer.from(`${JSON.stringify(contents)}\n${bodies.join("")}`), metafile };
}

/** The module and all that it imports in these ways, each after what it imports itself. */
function importedFirst(name, imports, kinds, known = new Set()) {
  for (const { kind, path } of imports.get(name))
    if (kinds.includes(kind) && !known.has(basename(path))) importedFirst(basename(path), imports, kinds, known);
  return [...known.add(name)];
}
