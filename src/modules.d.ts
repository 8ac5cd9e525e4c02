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

/** The bytes of a WOFF file of Arimo (OFL): "font:latin-400", "font:greek-600". */
declare module "font:*" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
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

/** The source of a shader. */
declare module "*.wgsl" {
  const text: string;
  export default text;
}

/** The part of plotly.js that the three-dimensional map uses. */
declare module "plotly.js-gl3d-dist-min" {
  interface PlotlyElement extends HTMLElement {
    readonly layout: { readonly scene?: { readonly camera?: object } };
    /** Not documented, and as it is in plotly.js 4.1: where the camera is between two drags. */
    readonly _fullLayout: {
      readonly scene?: {
        readonly _scene?: { readonly glplot: PlotlyCamera | null; readonly dataScale: readonly number[] };
      };
    };
    on(event: "plotly_hover" | "plotly_click", listener: (event: PlotlyPoints) => void): void;
    on(event: "plotly_unhover", listener: () => void): void;
  }
  /** 4 × 4 matrices, column after column. */
  interface PlotlyCamera {
    readonly cameraParams: Readonly<Record<"model" | "view" | "projection", ArrayLike<number>>>;
  }
  interface PlotlyPoints {
    readonly points: readonly { readonly pointNumber: number }[];
  }
  interface PlotlyModule {
    react(element: HTMLElement, data: readonly object[], layout: object, config: object): Promise<PlotlyElement>;
    relayout(element: HTMLElement, changed: object): Promise<PlotlyElement>;
    purge(element: HTMLElement): void;
    readonly Plots: {
      /** Fill the element anew; refused while it is not shown. */
      resize(element: HTMLElement): Promise<void>;
    };
    toImage(
      figure: { readonly data: readonly object[]; readonly layout: object; readonly config: object },
      options: { format: "png"; width: number; height: number; scale: number },
    ): Promise<string>;
  }
  const Plotly: PlotlyModule;
  export default Plotly;
  export type { PlotlyElement, PlotlyModule, PlotlyPoints };
}
