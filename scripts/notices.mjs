// The licences of everything that is bundled, as their authors ask: one text beside the bundles.
import { readdir, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Packages that come in through the build's own specifiers, which esbuild's list of inputs does not name. */
const BY_SPECIFIER = ["@fontsource/arimo", "lucide-static"];

/** Who holds the rights in packages that carry no text of their licence, as the head of their code says. */
const HOLDERS = {
  "onnxruntime-common": "Copyright (c) Microsoft Corporation. All rights reserved.",
  "onnxruntime-web": "Copyright (c) Microsoft Corporation. All rights reserved.",
};

/** Folders of the packages among esbuild's inputs, nested ones too. */
export function packagesIn(metafiles) {
  const folders = new Set(BY_SPECIFIER.map((name) => `node_modules/${name}`));
  for (const { inputs } of metafiles)
    for (const path of Object.keys(inputs)) {
      const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
      if (found) folders.add(found[1]);
    }
  return [...folders].sort();
}

export async function writeNotices(folders) {
  const notices = await Promise.all(folders.map(noticeOf));
  return `Layerscope bundles these packages.\n\n${notices.join("\n\n")}\n`;
}

async function noticeOf(path) {
  const folder = resolve(root, path);
  const { name, version, license } = JSON.parse(await readFile(resolve(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? (await readFile(resolve(folder, file), "utf8")).trim() : await termsOf(name, license);
  return `${"=".repeat(78)}\n${name} ${version} (${license})\n${"=".repeat(78)}\n${text}`;
}

/** MIT's words are the same for everybody but for the holder: this project's own licence has them. */
async function termsOf(name, license) {
  if (license !== "MIT" || !HOLDERS[name]) return `Licence: ${license}`;
  const own = await readFile(resolve(root, "LICENSE"), "utf8");
  return own.trim().replace(/^Copyright .*$/m, HOLDERS[name]);
}
