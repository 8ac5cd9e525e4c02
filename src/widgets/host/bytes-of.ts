/**
 * The bytes of whatever a host gives for a binary value: a DataView (Jupyter, marimo), an ArrayBuffer, a typed
 * array, or base64 text (hosts whose wire is JSON alone). The bytes are shared with the value, never copied,
 * except for text; null and undefined have none.
 *
 * @throws {TypeError} for anything else.
 */
export function bytesOf(value: unknown): Uint8Array<ArrayBuffer> {
  if (value === null || value === undefined) return new Uint8Array();
  if (typeof value === "string") return Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer)
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(`not bytes: ${Object.prototype.toString.call(value)}`);
}
