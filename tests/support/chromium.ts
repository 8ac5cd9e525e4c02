import { execFileSync } from "node:child_process";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser that the tests drive: $CHROMIUM, else the first one on PATH. */
export function chromiumPath(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of NAMES) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error(`No Chromium found (looked for ${NAMES.join(", ")}). Install it or set CHROMIUM=/path/to/chromium.`);
}

/** WebGPU, which software emulates: without these there is none on a machine that has no graphics card. */
const WEBGPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

/** None of the requests that a fresh browser makes of its own accord. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface ChromiumOptions extends LaunchOptions {
  /** Default true. */
  readonly hasWebGpu?: boolean;
}

/** Start a headless Chromium; the caller closes it. */
export function launchChromium({ hasWebGpu = true, ...options }: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    ...options,
    args: [...ARGUMENTS, ...(hasWebGpu ? WEBGPU : []), ...(options.args ?? [])],
  });
}
