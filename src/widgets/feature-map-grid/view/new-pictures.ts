import { ComputeError } from "../../../compute/errors.ts";
import { filePicker } from "../../chrome/file-picker.ts";
import type { Frame } from "../../chrome/frame.ts";
import type { MenuItem } from "../../chrome/menu.ts";
import type { FeatureMapGridSession } from "../session.ts";
import { cameraDialog, hasCamera } from "./camera-dialog.ts";

export interface NewPictures {
  /** The hidden picker. */
  readonly element: HTMLElement;
  /** Where pictures can come from, and whether two are compared. */
  items(): readonly MenuItem[];
  /** Files that were dropped: the first is shown. */
  take(files: readonly File[]): void;
}

/**
 * Pictures that a reader gives: dropped, pasted with the focus in the widget, picked, or taken by a camera where there is one.
 *
 * @param answer Told why one can't be had, for the status line.
 */
export function newPictures(
  session: FeatureMapGridSession,
  frame: Frame,
  answer: (text: string) => void,
  signal: AbortSignal,
): NewPictures {
  let isCameraThere = false;
  /** Where the picture goes that is picked. */
  let place: 0 | 1 = 0;
  void hasCamera().then((is) => {
    isCameraThere = is;
  });
  const give = (picture: Blob | ImageBitmap, name: string, to: 0 | 1 = 0): void => {
    try {
      session.give(picture, name, to);
    } catch (thrown) {
      answer(ComputeError.from(thrown).message);
    }
  };
  const take = ([file]: readonly File[], to: 0 | 1 = 0): void => {
    // Of a saved picture alone there is nobody to ask about another.
    if (file && session.props.model) give(file, file.name || "pasted picture", to);
  };
  const pick = { name: "A picture", accept: "image/*", isSingle: true };
  const picker = filePicker(pick, (files) => take(files, place), signal);
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
      { onPicture: (picture) => give(picture, "camera"), onRefused: answer, onClose },
      AbortSignal.any([life.signal, signal]),
    );
    frame.setDialog(element);
    // Esc takes the dialog away by itself.
    const gone = new MutationObserver(() => element.isConnected || life.abort());
    gone.observe(frame.body.parentElement ?? frame.body, { childList: true });
    life.signal.addEventListener("abort", () => gone.disconnect(), { once: true });
  };
  const pickFor = (to: 0 | 1): void => {
    place = to;
    picker.open();
  };
  const compare = (): void => {
    const { all } = session.pictures;
    const [first] = session.wanted;
    const other = all.find(({ key }) => key !== first?.key);
    if (other) session.show(other, 1);
    else pickFor(1);
  };
  return {
    element: picker.element,
    take: (files) => take(files),
    items: () => [
      { name: "Open a picture", run: () => pickFor(0) },
      ...(isCameraThere ? [{ name: "Use the camera", run: openCamera }] : []),
      session.wanted.length > 1
        ? { name: "Show one picture", separated: true, run: () => session.showOne() }
        : { name: "Compare with another picture", separated: true, run: compare },
    ],
  };
}
