/** Give the reader a file. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  const url = URL.createObjectURL(content);
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the content by the time it comes back here.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
