/** Bytes as base64, in slices that fit a call's arguments. */
export function toBase64(bytes: Uint8Array<ArrayBuffer>): string {
  const slices: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000)
    slices.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  return btoa(slices.join(""));
}
