import type { Browser, CDPSession } from "playwright-core";

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What the browser says of a value that a page has given. */
interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

/**
 * A page that nobody listens to but for what is asked here. Playwright listens to the network of its own pages, for which
 * the browser hands it every message of a web socket once more, as text: of 30 MB of pictures 0.7 s of processor time that
 * no reader pays.
 */
export class BarePage implements AsyncDisposable {
  #next = 1;
  readonly #pending = new Map<number, (answer: Answer) => void>();
  readonly #listeners = new Map<string, (params: unknown) => void>();

  private constructor(
    private readonly line: CDPSession,
    private readonly context: string,
    private readonly session: string,
  ) {
    line.on("Target.receivedMessageFromTarget", ({ message, sessionId }) => {
      if (sessionId === session) this.#hear(JSON.parse(message) as Answer);
    });
  }

  /** Open an address in a context of its own. */
  static async open(browser: Browser, address: string): Promise<BarePage> {
    const line = await browser.newBrowserCDPSession();
    const { browserContextId } = await line.send("Target.createBrowserContext");
    const { targetId } = await line.send("Target.createTarget", { url: "about:blank", browserContextId });
    const { sessionId } = await line.send("Target.attachToTarget", { targetId, flatten: false });
    const page = new BarePage(line, browserContextId, sessionId);
    await page.send("Page.enable");
    const loaded = new Promise((resolve) => page.on("Page.loadEventFired", resolve));
    await page.send("Page.navigate", { url: address });
    await loaded;
    return page;
  }

  /** Ask the page's own line of the DevTools protocol. */
  async send(method: string, params: object = {}): Promise<unknown> {
    const id = this.#next++;
    const answering = new Promise<Answer>((resolve) => this.#pending.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.line.send("Target.sendMessageToTarget", { message, sessionId: this.session });
    const { result, error } = await answering;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Called for events of that name, in place of the listener before. */
  on(event: string, listener: (params: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  /** The value of an expression, once it has settled. */
  async ask(expression: string): Promise<unknown> {
    const answer = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    const { result, exceptionDetails } = answer as Evaluated;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.line.send("Target.disposeBrowserContext", { browserContextId: this.context });
    await this.line.detach();
  }

  #hear({ id, method, params, ...answer }: Answer): void {
    if (id !== undefined) {
      this.#pending.get(id)?.(answer);
      this.#pending.delete(id);
    } else if (method) this.#listeners.get(method)?.(params);
  }
}
