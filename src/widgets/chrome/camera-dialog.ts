import { buildElement } from "./build-element.ts";
import { dialog } from "./dialog.ts";

/** Whether this page can have a camera's picture: there is one, and nothing forbids it. */
export async function hasCamera(): Promise<boolean> {
  // Absent on pages that are neither https nor localhost.
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (!mediaDevices) return false;
  const page = document as Document & { readonly featurePolicy?: { allowsFeature(name: string): boolean } };
  if (page.featurePolicy?.allowsFeature("camera") === false) return false;
  try {
    return (await mediaDevices.enumerateDevices()).some(({ kind }) => kind === "videoinput");
  } catch {
    return false;
  }
}

export interface CameraDialogOptions {
  onPicture(picture: ImageBitmap): void;
  /** The camera can't be had. */
  onRefused(sentence: string): void;
  onClose(): void;
}

/**
 * What the camera sees, until a picture of it is taken. Nothing of it leaves the page.
 *
 * @param signal The dialog is closed: the camera is let go of.
 */
export function cameraDialog(options: CameraDialogOptions, signal: AbortSignal): HTMLElement {
  const video = buildElement("video", {
    class: "ls-camera",
    attributes: { playsinline: "", "aria-label": "Camera" },
  });
  const take = buildElement("button", { class: "ls-run", text: "Take the picture", attributes: { type: "button" } });
  take.disabled = true;
  const refuse = (thrown: unknown): void => {
    if (signal.aborted) return;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    options.onRefused(`The camera can't be had: ${why}.`.replace("..", "."));
    options.onClose();
  };
  void startCamera(video, signal).then(() => {
    take.disabled = false;
  }, refuse);
  take.addEventListener(
    "click",
    () => {
      void createImageBitmap(video).then((picture) => {
        options.onClose();
        options.onPicture(picture);
      }, refuse);
    },
    { signal },
  );
  return dialog("Camera", [video, take], options.onClose);
}

async function startCamera(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const end = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  video.muted = true;
  video.srcObject = stream;
  await video.play();
}
