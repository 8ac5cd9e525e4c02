const SOURCE = "layerscopeSource";

/** A worker's script with which the worker knows its own text: on pages from disk it can't read its own address. */
export function selfKnowing(source: string): string {
  return `(function run(){self.${SOURCE}=()=>"("+run+")()";\n${source}\n})()`;
}

/** The text of the worker that this runs in; null elsewhere. */
export function ownSource(): string | null {
  return (globalThis as { readonly [SOURCE]?: () => string })[SOURCE]?.() ?? null;
}
