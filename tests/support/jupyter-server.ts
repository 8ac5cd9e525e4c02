import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { startServer } from "./local-server.ts";

const root = resolve(import.meta.dirname, "../..");

export interface JupyterServer {
  readonly kind: "lab" | "notebook";
  readonly address: string;
  /** The folder that the server shows; notebooks are put here. */
  readonly folder: string;
  /** Put a copy of a committed file or folder into the server's folder. */
  add(path: string, name?: string): Promise<string>;
  /** Write a notebook with these code cells. */
  write(name: string, cells: readonly string[], metadata?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Run a program of the environment ("jupyter") with the server's own directories, in the server's folder. */
  run(program: string, ...args: readonly string[]): Promise<void>;
  /** End every kernel, as its reader does before going home. */
  endSessions(): Promise<void>;
  stop(): Promise<void>;
}

export interface JupyterOptions {
  /** The environment whose JupyterLab runs; default: the tests' own. */
  readonly environment?: string;
  /** Lab settings by plugin, as in the settings editor. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Lab asks a fresh reader whether to fetch news, in a box that lies over the notebook. */
const QUIET = { "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false } };

/** A JupyterLab or a Notebook 7 on a free port, with configuration, settings and workspaces of its own. */
export async function startJupyter(
  kind: JupyterServer["kind"] = "lab",
  { environment = resolve(root, ".venv"), settings = {} }: JupyterOptions = {},
): Promise<JupyterServer> {
  const home = await mkdtemp(join(tmpdir(), "layerscope-jupyter-"));
  const folder = join(home, "notebooks");
  await mkdir(folder);
  for (const [plugin, values] of Object.entries({ ...QUIET, ...settings })) {
    const [extension = "", name = ""] = plugin.split(":");
    const file = join(home, "settings", extension, `${name}.jupyterlab-settings`);
    await mkdir(resolve(file, ".."), { recursive: true });
    await writeFile(file, JSON.stringify(values));
  }
  const env = {
    ...process.env,
    PATH: `${join(environment, "bin")}:${process.env.PATH}`,
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    IPYTHONDIR: join(home, "ipython"),
  };
  const server = await startServer({
    program: join(environment, "bin/jupyter"),
    args: (port) => [
      kind,
      "--no-browser",
      "--allow-root",
      `--port=${port}`,
      "--ServerApp.port_retries=0",
      "--IdentityProvider.token=",
      "--ServerApp.password=",
      "--ServerApp.disable_check_xsrf=True",
      `--ServerApp.root_dir=${folder}`,
      kind === "lab" ? "--LabApp.expose_app_in_browser=True" : "--JupyterNotebookApp.expose_app_in_browser=True",
    ],
    env,
    health: "/api/status",
    home,
  });
  const { address } = server;
  return {
    kind,
    address,
    folder,
    async add(path, name = basename(path)) {
      await mkdir(resolve(folder, name, ".."), { recursive: true });
      await copyFile(resolve(root, path), join(folder, name));
      return name;
    },
    async write(name, cells, metadata = {}) {
      await writeFile(join(folder, name), JSON.stringify(notebookOf(cells, metadata)));
      return name;
    },
    async run(program, ...args) {
      await promisify(execFile)(join(environment, "bin", program), args, { cwd: folder, env });
    },
    async endSessions() {
      const sessions = (await (await fetch(`${address}/api/sessions`)).json()) as readonly { id: string }[];
      for (const { id } of sessions) {
        const { ok, status } = await fetch(`${address}/api/sessions/${id}`, { method: "DELETE" });
        if (!ok) throw new Error(`Jupyter did not end a session: ${status}.`);
      }
    },
    stop: server.stop,
  };
}

function notebookOf(cells: readonly string[], metadata: Readonly<Record<string, unknown>>) {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" }, ...metadata },
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
  };
}
