import type { FileFormat } from "../export/figure-options.ts";
import type { MenuItem } from "./menu.ts";

/** What a reader takes away. */
export interface SaveActions {
  save(format: FileFormat): void;
  copyCaption(): void;
}

/** The menu of Save, the same in all widgets. */
export function saveMenu(actions: SaveActions): readonly MenuItem[] {
  const save = (name: string, format: FileFormat): MenuItem => ({ name, run: () => actions.save(format) });
  return [
    save("PNG", "png"),
    save("SVG", "svg"),
    save("PDF", "pdf"),
    save("CSV", "csv"),
    { name: "Copy caption", separated: true, run: () => actions.copyCaption() },
  ];
}
