// What the build's own module specifiers give (scripts/bundle-plugins.mjs).

/** The bytes of build/NAME.wasm, compiled from src/**\/kernels/NAME.ts. */
declare module "wasm:*" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** The source text of an icon of lucide-static. */
declare module "lucide:*" {
  const svg: string;
  export default svg;
}

/** The text of the classic worker script bundled from src/compute/runtime/worker.ts. */
declare module "worker:compute" {
  const source: string;
  export default source;
}

declare module "*.css" {
  const text: string;
  export default text;
}
