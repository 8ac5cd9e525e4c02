// Fails when a file of src/ imports what it must not: node scripts/check-imports.mjs [ROOT]
import { resolve } from "node:path";
import { projectRoot, wrongImports } from "./import-rules.mjs";

const found = await wrongImports(process.argv[2] ? resolve(process.argv[2]) : projectRoot);
for (const sentence of found) console.error(sentence);
if (found.length > 0) process.exitCode = 1;
