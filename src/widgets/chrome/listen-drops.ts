export interface DropEvents {
  onFiles(files: readonly File[]): void;
  /** Files are held over the element, or are no longer. */
  onOver(isOver: boolean): void;
}

/** Hear of files that are dropped on `root`, before the notebook around it, which would open them, does. */
export function listenDrops(root: HTMLElement, { onFiles, onOver }: DropEvents, signal: AbortSignal): void {
  /** What is entered before what was left is left: they are counted. */
  let inside = 0;
  const hear = (event: DragEvent): DataTransfer | null => {
    const given = event.dataTransfer;
    if (!given?.types.includes("Files")) return null;
    event.preventDefault();
    event.stopPropagation();
    return given;
  };
  const go = (to: number): void => {
    inside = Math.max(0, to);
    onOver(inside > 0);
  };
  root.addEventListener("dragenter", (event) => hear(event) && go(inside + 1), { signal });
  root.addEventListener("dragleave", (event) => hear(event) && go(inside - 1), { signal });
  root.addEventListener(
    "dragover",
    (event) => {
      const given = hear(event);
      if (given) given.dropEffect = "copy";
    },
    { signal },
  );
  root.addEventListener(
    "drop",
    (event) => {
      const given = hear(event);
      if (!given) return;
      go(0);
      if (given.files.length > 0) onFiles([...given.files]);
    },
    { signal },
  );
}
