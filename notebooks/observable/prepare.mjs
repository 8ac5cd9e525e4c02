// Puts what the documents use beside them: the built package as npm would install it, and the data as attachments.
import { cp, mkdir, rm } from "node:fs/promises";
import { basename, resolve } from "node:path";

const here = import.meta.dirname;
const root = resolve(here, "../..");
const installed = resolve(here, "node_modules/layerscope");
await rm(installed, { recursive: true, force: true });
await mkdir(installed, { recursive: true });
for (const part of ["package.json", "dist"])
  await cp(resolve(root, part), resolve(installed, part), { recursive: true });
for (const data of ["data/digits", "data/picture-network", "labs/lab-network"])
  await cp(resolve(here, "..", data), resolve(here, "files", basename(data)), { recursive: true });
