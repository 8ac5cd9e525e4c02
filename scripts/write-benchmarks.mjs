// Writes the benchmarks' tables into README.md and docs/performance.md, between their markers, from the result files.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { projectRoot } from "./import-rules.mjs";

const results = resolve(projectRoot, "tests/bench/results");
const BEGIN = "<!-- benchmarks -->";
const END = "<!-- /benchmarks -->";

/** What each benchmark measures, in words. */
const WORK = {
  "first-picture-100k": "JupyterLab, 100,000 points with coordinates: Shift+Enter to pixels",
  "scatter-1m": "1,000,000 points in one page, software GL, against regl-scatterplot",
};

const files = (await readdir(results).catch(() => [])).filter((file) => file.endsWith(".json")).sort();
const measured = await Promise.all(
  files.map(async (file) => JSON.parse(await readFile(resolve(results, file), "utf8"))),
);

const seconds = (value) => (typeof value === "number" ? `${value} s` : "");
const summary = [
  "| benchmark | ratio of | peer ÷ ours |",
  "|---|---|---|",
  ...measured.flatMap(({ name, ratios }) =>
    Object.entries(ratios).map(([against, ratio]) => `| ${WORK[name] ?? name} | ${against} | ${ratio} |`),
  ),
].join("\n");
const details = measured
  .map(({ name, date, processor, browser, runs, rows }) => {
    const figures = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
      (key) => key !== "who" && key !== "version",
    );
    return [
      `**${name}**: ${WORK[name] ?? ""}. ${date}, ${processor}, ${browser}, medians of ${runs}.`,
      "",
      `| who | version | ${figures.map((figure) => figure.replaceAll("_", " ")).join(" | ")} |`,
      `|---|---|${figures.map(() => "---").join("|")}|`,
      ...rows.map(
        (row) =>
          `| ${row.who} | ${row.version ?? ""} | ${figures.map((figure) => (figure.endsWith("_s") ? seconds(row[figure]) : (row[figure] ?? ""))).join(" | ")} |`,
      ),
    ].join("\n");
  })
  .join("\n\n");

for (const [file, text] of Object.entries({ "README.md": summary, "docs/performance.md": details })) {
  const path = resolve(projectRoot, file);
  const page = await readFile(path, "utf8");
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${file} lacks ${BEGIN} and ${END}.`);
  await writeFile(path, `${before}${BEGIN}\n${text}\n${END}${after}`);
}
