// Puts what the documents use beside them: the built package as npm would install it, and the data as attachments.
import { cp, mkdir, rm } from "node:fs/promises";
import { resolve } from "node:path";

const here = import.meta.dirname;
const root = resolve(here, "../..");
const installed = resolve(here, "node_modules/layerscope");
await rm(installed, { recursive: true, force: true });
await mkdir(installed, { recursive: true });
for (const part of ["package.json", "dist"])
  await cp(resolve(root, part), resolve(installed, part), { recursive: true });
for (const data of ["digits", "picture-network"])
  await cp(resolve(here, "../data", data), resolve(here, "files", data), { recursive: true });
