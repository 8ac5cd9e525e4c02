import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";

const run = promisify(execFile);
const script = resolve(import.meta.dirname, "../../../scripts/check-imports.mjs");
const made: string[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** What the check says about a project with these files: the sentences, empty when it passes. */
async function check(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "import-rules-"));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  try {
    await run(process.execPath, [script, root]);
    return "";
  } catch (error) {
    return (error as { stderr: string }).stderr.trim();
  }
}

describe("the import rules", () => {
  it("let entries stand on widgets, widgets on what they share, and all on compute", async () => {
    expect(
      await check({
        "src/index.ts": `export * from "./entries/index.ts";`,
        "src/entries/index.ts": `import "../widgets/mosaic/spec.ts"; import "../widgets/host/afm.ts";`,
        "src/widgets/mosaic/spec.ts": `import type { A } from "../host/contract.ts"; import "../chrome/legend.ts"; import "../../compute/errors.ts";`,
        "src/widgets/chrome/legend.ts": `import "../theme/tokens.css"; import "d3";`,
        "src/compute/umap/index.ts": `import "../errors.ts"; import "umap-js"; import "wasm:umap";`,
      }),
    ).toBe("");
  });

  it.each([
    ["src/compute/umap/index.ts", "../../widgets/theme/palette.ts", "compute stands on nothing above it"],
    ["src/compute/umap/index.ts", "../model/session.ts", "compute/umap does not stand on compute/model"],
    ["src/compute/umap/index.ts", "d3", "compute runs in a worker and needs no document"],
    ["src/widgets/mosaic/view.ts", "../box-plot/view.ts", "a widget never imports another"],
    ["src/widgets/mosaic/view.ts", "../host/afm.ts", "a widget knows its host by host/contract.ts"],
    ["src/widgets/chrome/legend.ts", "../mosaic/view.ts", "widgets/chrome serves every widget and knows none"],
    ["src/widgets/mosaic/view.ts", "../../entries/core.ts", "nothing stands on an entry"],
    ["src/widgets/mosaic/view.ts", "../chrome/legend", "a relative import carries its extension"],
    ["src/widgets/mosaic/view.ts", "../../../tests/support/page.ts", "src stands on nothing outside itself"],
    ["src/widgets/mosaic/view.ts", "node:fs", "src runs in a browser"],
    ["src/widgets/mosaic/view.ts", "https://cdn.example/d3.js", "nothing is fetched from the network"],
  ])("refuse %s importing %s", async (from, name, why) => {
    const said = await check({ [from]: `// first\nimport "${name}";` });
    expect(said).toContain(`${from}:2 imports "${name}"`);
    expect(said).toContain(why);
  });

  it("see dynamic and type-only imports as well", async () => {
    const said = await check({
      "src/compute/job.ts": `import type { A } from "../widgets/host/contract.ts";\nexport const b = () => import("../index.ts");`,
    });
    expect(said.split("\n")).toHaveLength(2);
  });

  it("hold in this project", async () => {
    await expect(run(process.execPath, [script])).resolves.toMatchObject({ stderr: "" });
  });
});
