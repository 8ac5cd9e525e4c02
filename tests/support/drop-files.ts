import type { Locator } from "playwright-core";

/** Drop files on an element, as from the reader's disk: the page hears of them before the notebook around it does. */
export async function dropFiles(target: Locator, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const packed = Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")] as const);
  await target.evaluate((element, listed) => {
    const given = new DataTransfer();
    for (const [name, text] of listed)
      given.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
    for (const type of ["dragenter", "dragover", "drop"])
      element.dispatchEvent(
        new DragEvent(type, { dataTransfer: given, bubbles: true, cancelable: true, composed: true }),
      );
  }, packed);
}
