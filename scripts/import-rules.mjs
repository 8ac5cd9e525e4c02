// Who may import whom inside src/ (docs/architecture.md draws it).
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import ts from "typescript";

/** Folders of src/widgets that every widget stands on; all others there are widgets. */
const SHARED = new Set(["host", "link", "chrome", "theme", "export", "plane", "rows", "map", "work", "models"]);
/** What a widget may know of its host: the contract, never an adapter. */
const CONTRACT = new Set(["contract", "sources", "picture-pack"].map((file) => `src/widgets/host/${file}.ts`));
/** What a folder of src/compute stands on beside itself and the files of src/compute. */
const COMPUTE = {
  saliency: ["model", "gradient", "images"],
  "feature-visualization": ["saliency", "gradient", "features", "images", "model"],
  "feature-maps": ["features", "model"],
  features: ["model", "gradient", "images", "formats"],
  gradient: ["model"],
  model: ["formats", "webgpu"],
  mosaic: ["points", "selection"],
  points: ["selection"],
  statistics: ["selection"],
  umap: ["webgpu"],
};
/** Packages that need a document: of no use in a worker or in Node. */
const NEEDS_DOCUMENT =
  /^(d3(-selection|-zoom|-drag|-brush|-axis)?|plotly\.js.*|regl-scatterplot|@jupyter-widgets\/.*|@anywidget\/.*)$/;

/** What a file is, by its path from the root: its room in the house. */
function placeOf(path) {
  const [top, second, third] = path.split("/").slice(1);
  if (top === "compute") return { layer: "compute", room: third === undefined ? "" : second };
  if (top === "widgets" && third !== undefined)
    return { layer: SHARED.has(second) ? "shared" : "widget", room: second };
  if (top === "entries") return { layer: "entry", room: "" };
  return { layer: second === undefined ? "top" : "unknown", room: "" };
}

/** Why this import is wrong, in words, or null. `from` and `to` are paths such as "src/compute/errors.ts". */
function wrongFile(from, to) {
  if (!to.startsWith("src/")) return to === "package.json" ? null : "src stands on nothing outside itself";
  const here = placeOf(from);
  const there = placeOf(to);
  if (there.layer === "entry" && here.layer !== "entry" && here.layer !== "top") return "nothing stands on an entry";
  if (here.layer === "compute") {
    if (there.layer === "top") return to === "src/version.ts" ? null : "compute stands on nothing above it";
    if (there.layer !== "compute") return "compute stands on nothing above it";
    if (here.room === there.room || there.room === "" || here.room === "" || here.room === "runtime") return null;
    // Types alone: what the worker's functions take and give.
    if (there.room === "runtime") return null;
    return COMPUTE[here.room]?.includes(there.room)
      ? null
      : `compute/${here.room} does not stand on compute/${there.room}`;
  }
  if (here.layer === "shared" && there.layer === "widget")
    return `widgets/${here.room} serves every widget and knows none`;
  if (here.layer === "widget" && there.layer === "widget" && here.room !== there.room)
    return "a widget never imports another; what lays several out is an entry";
  if (here.layer === "widget" && there.layer === "shared" && there.room === "host" && !CONTRACT.has(to))
    return "a widget knows its host by host/contract.ts, host/sources.ts and host/picture-pack.ts alone";
  return null;
}

function wrongPackage(from, name) {
  if (/^https?:/.test(name)) return "nothing is fetched from the network";
  if (name.startsWith("node:")) return "src runs in a browser";
  const { layer } = placeOf(from);
  if (layer === "compute" && (NEEDS_DOCUMENT.test(name) || name.startsWith("lucide:")))
    return "compute runs in a worker and needs no document";
  return null;
}

async function sourcesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Every import in `root`/src that breaks a rule, as one sentence each. */
export async function wrongImports(root) {
  const found = [];
  for (const file of await sourcesIn(resolve(root, "src"))) {
    const from = relative(root, file).split(sep).join("/");
    const text = await readFile(file, "utf8");
    for (const { fileName: name, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      let why;
      if (name.startsWith(".")) {
        if (!from.includes("/kernels/") && posix.extname(name) === "") why = "a relative import carries its extension";
        else why = wrongFile(from, posix.normalize(posix.join(posix.dirname(from), name)));
      } else why = wrongPackage(from, name);
      if (why) found.push(`${from}:${text.slice(0, pos).split("\n").length} imports "${name}": ${why}.`);
    }
  }
  return found;
}

/** Where this project lies. */
export const projectRoot = resolve(dirname(new URL(import.meta.url).pathname), "..");
