import { buildElement } from "../../chrome/build-element.ts";

export interface FilePicker {
  readonly element: HTMLElement;
  open(): void;
}

/**
 * The browser's own picker of files, several at once. Of any name: weights beside an ONNX file are called as whoever wrote
 * it pleased.
 */
export function filePicker(onFiles: (files: readonly File[]) => void, signal: AbortSignal): FilePicker {
  const element = buildElement("input", {
    attributes: { type: "file", multiple: "", "aria-label": "Files of a model", tabindex: "-1" },
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
