import type { Answer } from "../widgets/host/contract.ts";

interface FileFacts {
  readonly name: string;
  readonly type: string;
}

/** The answer to "summary" as a file. */
export function answeredFile({ header, bytes }: Answer): File {
  const { name, type } = header as unknown as FileFacts;
  return new File([bytes], name, { type });
}

/** The answer to "boxPlots": its files, one after another in the bytes. */
export function answeredFiles({ header, bytes }: Answer): readonly File[] {
  let at = 0;
  return (header.files as readonly (FileFacts & { readonly length: number })[]).map(({ name, type, length }) => {
    const content = bytes.slice(at, at + length);
    at += length;
    return new File([content], name, { type });
  });
}
