const SIGNATURES: readonly (readonly [mime: string, at: number, bytes: string])[] = [
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/png", 0, "\x89PNG"],
  ["image/webp", 8, "WEBP"],
  ["image/gif", 0, "GIF8"],
  ["image/avif", 4, "ftypavif"],
  ["image/bmp", 0, "BM"],
];

/** The kind of an encoded picture by its first bytes; browsers look into those of unknown kind themselves. */
export function mimeOf(bytes: Uint8Array): string {
  const found = SIGNATURES.find(([, at, signature]) =>
    [...signature].every((letter, place) => bytes[at + place] === letter.charCodeAt(0)),
  );
  return found?.[0] ?? "application/octet-stream";
}
