import type { SavedFile } from "../export/saved-file.ts";
import type { HostServices } from "../host/contract.ts";

/**
 * Hand a file to the reader once it is made.
 *
 * @param answer Told its name, or why there is none, for the status line.
 */
export async function giveFile(
  host: Pick<HostServices, "download">,
  make: () => Promise<SavedFile>,
  answer: (text: string) => void,
): Promise<void> {
  try {
    const { name, type, bytes } = await make();
    host.download(name, new Blob([bytes], { type }));
    answer(`Saved ${name}`);
  } catch (thrown) {
    answer(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
