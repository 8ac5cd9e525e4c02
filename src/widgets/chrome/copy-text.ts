/**
 * Put text on the clipboard. The Clipboard API is missing on pages that are neither https nor localhost, and refused in
 * some frames: there a hidden field and the old command serve. Answers whether it worked.
 */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "ls-offscreen";
    near.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

/**
 * The same, answered in a sentence for the status line.
 *
 * @param what What the text is: "caption".
 */
export async function copyTold(what: string, text: string, near: HTMLElement): Promise<string> {
  if (!(await copyText(text, near))) return `The browser did not let the ${what} be copied.`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} copied.`;
}
