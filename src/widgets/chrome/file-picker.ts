import { buildElement } from "./build-element.ts";

export interface FilePicker {
  readonly element: HTMLElement;
  open(): void;
}

/** What a picker offers; left out: files of any name, several at once. */
export interface FilePickerOptions {
  /** What a screen reader calls it: "Files of a model". */
  readonly name: string;
  /** Kinds of files: "image/*". */
  readonly accept?: string;
  readonly isSingle?: boolean;
}

/** The browser's own picker of files. */
export function filePicker(
  { name, accept, isSingle = false }: FilePickerOptions,
  onFiles: (files: readonly File[]) => void,
  signal: AbortSignal,
): FilePicker {
  const element = buildElement("input", {
    attributes: {
      type: "file",
      "aria-label": name,
      tabindex: "-1",
      ...(accept ? { accept } : {}),
      ...(isSingle ? {} : { multiple: "" }),
    },
  });
  element.hidden = true;
  element.addEventListener(
    "change",
    () => {
      const files = [...(element.files ?? [])];
      // The same file may be chosen again.
      element.value = "";
      if (files.length > 0) onFiles(files);
    },
    { signal },
  );
  return { element, open: () => element.click() };
}
