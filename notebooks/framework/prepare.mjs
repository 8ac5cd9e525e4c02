// Puts what the page uses below src/, where Framework looks: the built module with its parts, and the data.
import { cp, mkdir, rm } from "node:fs/promises";
import { resolve } from "node:path";

const here = import.meta.dirname;
const copies = [
  ["../../dist/index.js", "src/layerscope/index.js"],
  ["../../dist/parts", "src/layerscope/parts"],
  ["../data/digits", "src/data"],
];
for (const [from, to] of copies) {
  await rm(resolve(here, to), { recursive: true, force: true });
  await cp(resolve(here, from), resolve(here, to), { recursive: true });
}

// A build asks npm's registry for the newest version of every library that a page could name, named or not,
// save those whose version has a folder in Framework's cache. With these it needs no network, and stays the same.
const versions = [
  "@observablehq/plot@0.6.17",
  "@observablehq/sample-datasets@1.0.1",
  "apache-arrow@21.2.0",
  "arquero@8.0.3",
  "d3-dsv@3.0.2",
  "d3@7.9.2",
  "echarts@6.1.0",
  "htl@1.0.0",
  "leaflet@1.9.4",
  "lodash@4.18.1",
  "mapbox-gl@3.32.0",
  "parquet-wasm@0.8.0",
  "react-dom@19.3.1",
  "react@19.3.1",
  "topojson-client@3.1.0",
];
for (const version of versions)
  await mkdir(resolve(here, "src/.observablehq/cache/_npm", version), { recursive: true });
