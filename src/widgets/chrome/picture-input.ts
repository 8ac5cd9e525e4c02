import { ComputeError } from "../../compute/errors.ts";
import { cameraDialog, hasCamera } from "./camera-dialog.ts";
import { filePicker } from "./file-picker.ts";
import type { Frame } from "./frame.ts";
import { listenDrops } from "./listen-drops.ts";
import type { MenuItem } from "./menu.ts";

/** Who takes pictures that a reader gives. */
export interface PictureTaker {
  /** Whether there is anybody to ask about another picture. */
  canTake(): boolean;
  /**
   * @param isPicked By the picker; else dropped, pasted or taken by the camera.
   * @throws {ComputeError} "input" for what is no picture.
   */
  give(picture: Blob | ImageBitmap, name: string, isPicked: boolean): void;
  /** Told why one can't be had, for the status line. */
  answer(text: string): void;
}

export interface PictureInput {
  /** The hidden picker. */
  readonly element: HTMLElement;
  /** Where pictures can come from; `pick` instead of the picker alone. */
  items(pick?: () => void): readonly MenuItem[];
  /** Open the picker. */
  pick(): void;
}

/**
 * Pictures that a reader gives: dropped on the widget, pasted with the focus in it, picked, or taken by a camera where there is
 * one. Of several files the first is given.
 */
export function pictureInput(frame: Frame, taker: PictureTaker, signal: AbortSignal): PictureInput {
  let isCameraThere = false;
  void hasCamera().then((is) => {
    isCameraThere = is;
  });
  const give = (picture: Blob | ImageBitmap, name: string, isPicked = false): void => {
    try {
      taker.give(picture, name, isPicked);
    } catch (thrown) {
      taker.answer(ComputeError.from(thrown).message);
    }
  };
  const take = ([file]: readonly File[], isPicked = false): void => {
    if (file && taker.canTake()) give(file, file.name || "pasted picture", isPicked);
  };
  const pick = { name: "A picture", accept: "image/*", isSingle: true };
  const picker = filePicker(pick, (files) => take(files, true), signal);
  listenDrops(
    frame.root,
    {
      onFiles: (files) => take(files),
      onOver: (isOver) => frame.root.classList.toggle("ls-drop-over", isOver && taker.canTake()),
    },
    signal,
  );
  frame.root.addEventListener(
    "paste",
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      take(files);
    },
    { signal },
  );
  const openCamera = (): void => {
    const life = new AbortController();
    const onClose = (): void => {
      life.abort();
      frame.setDialog(null);
    };
    const element = cameraDialog(
      { onPicture: (picture) => give(picture, "camera"), onRefused: (text) => taker.answer(text), onClose },
      AbortSignal.any([life.signal, signal]),
    );
    frame.setDialog(element);
    // Esc takes the dialog away by itself.
    const gone = new MutationObserver(() => element.isConnected || life.abort());
    gone.observe(frame.body.parentElement ?? frame.body, { childList: true });
    life.signal.addEventListener("abort", () => gone.disconnect(), { once: true });
  };
  return {
    element: picker.element,
    items: (pickOne = () => picker.open()) => [
      { name: "Open a picture", run: pickOne },
      ...(isCameraThere ? [{ name: "Use the camera", run: openCamera }] : []),
    ],
    pick: () => picker.open(),
  };
}
