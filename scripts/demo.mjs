// Opens JupyterLab on the tour; where there is no display, prints the address to open instead.
import { spawn } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const hasDisplay = process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
// By its address, not as a file: the address that JupyterLab prints is then the tour's, not its front door.
const args = ["lab", "--LabApp.default_url=/lab/tree/notebooks/jupyter/tour.ipynb"];
if (!hasDisplay) args.push("--no-browser");
// Jupyter refuses to run as root unless told; in a container there is often nobody else.
if (process.getuid?.() === 0) args.push("--allow-root");

const lab = spawn(resolve(root, ".venv/bin/jupyter"), args, { cwd: root, stdio: ["inherit", "inherit", "pipe"] });
let told = hasDisplay;
lab.stderr.setEncoding("utf8");
lab.stderr.on("data", (text) => {
  process.stderr.write(text);
  const address = /https?:\/\/(?:localhost|127\.0\.0\.1):\d+\/lab\S*/.exec(text);
  if (told || !address) return;
  told = true;
  console.log(`\nNo display here. Open this address in a browser:\n\n    ${address[0]}\n\nCtrl+C stops it.\n`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => lab.kill(signal));
lab.on("exit", (code) => process.exit(code ?? 0));
