import { toBase64 } from "./base64.ts";
import type { Blocks } from "./encode-props.ts";
import { gzip } from "./gunzip.ts";

/** What an exported page is built around; made by the build as a module of its own. */
export interface PageParts {
  /** The runtime, as text. */
  readonly standalone: string;
  /** The shared code and what it loads when needed: gzip in base64, by the name of their block. */
  readonly blocks: Readonly<Record<string, string>>;
}

/** The same policy as python-shim/layerscope/_export.py: the page can ask for nothing from anywhere. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  "worker-src blob:",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "connect-src data: blob:",
].join("; ");

/**
 * One file that opens from disk, with no network, and still works.
 *
 * @param shown The models that stand in the page by themselves; others stand inside them.
 */
export async function writePage(
  models: Readonly<Record<string, object>>,
  blocks: Blocks,
  parts: PageParts,
  title: string,
  shown: readonly string[] = Object.keys(models),
): Promise<string> {
  const packed = await Promise.all(
    [...blocks].map(async ([key, bytes]) => [key, toBase64(await gzip(bytes))] as const),
  );
  const block = ([key, text]: readonly [string, string]) => `<script type="text/plain" id="ls-${key}">${text}</script>`;
  // Written so that no label can end the script it stands in.
  const state = JSON.stringify({ models }).replaceAll("<", "\\u003c");
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeText(title)}</title>`,
    "<style>body { max-width: 1200px; margin: 16px auto; padding: 0 16px; font-family: system-ui }</style>",
    ...shown.map((id) => `<div data-ls-view="${id}"></div>`),
    ...[...Object.entries(parts.blocks), ...packed].map(block),
    `<script type="application/json" id="ls-state">${state}</script>`,
    `<script type="module">${parts.standalone.replaceAll("</script", "<\\/script")}</script>`,
    "</html>",
  ].join("\n");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
