/** The little of jsdom that the tests use; it ships no types. */
declare module "jsdom" {
  export class JSDOM {
    constructor(html?: string, options?: { readonly pretendToBeVisual?: boolean; readonly url?: string });
    readonly window: Window & typeof globalThis;
  }
}
