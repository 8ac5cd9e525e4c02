import { readFile } from "node:fs/promises";

const FOLDERS = {
  layerscope: ".",
  "umap-js": "node_modules/umap-js",
  "onnxruntime-web": "node_modules/onnxruntime-web",
  "embedding-atlas": "tests/bench/node_modules/embedding-atlas",
  "plotly.js-cartesian-dist-min": "tests/bench/node_modules/plotly.js-cartesian-dist-min",
};

/** The version of an npm package, as installed. */
export async function versionOf(name: keyof typeof FOLDERS): Promise<string> {
  return JSON.parse(await readFile(`${FOLDERS[name]}/package.json`, "utf8")).version;
}
