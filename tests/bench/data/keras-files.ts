import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

export const KERAS_NETWORKS = ["resnet50", "vgg"] as const;

const folder = resolve(".cache/keras");

/** A folder with an .h5 file of each network, 224 pixels in three colours; written at the first call. */
export function kerasFolder(): string {
  if (!KERAS_NETWORKS.every((name) => existsSync(resolve(folder, `${name}.h5`))))
    execFileSync(resolve(".oracle-models/bin/python"), ["tests/bench/data/make-keras-files.py", folder], {
      env: { ...process.env, KERAS_BACKEND: "torch" },
    });
  return folder;
}
