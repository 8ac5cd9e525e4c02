import { describe, expect, it } from "vitest";
import { readModel } from "../../../src/compute/model/read-model.ts";
import { zipOf } from "../formats/written-zip.ts";

const latin = (text: string) => Uint8Array.from(text.padEnd(300, "\0"), (letter) => letter.charCodeAt(0));

/** Bytes as even as a cipher's, from a small generator (Numerical Recipes' constants). */
function evenBytes(length: number): Uint8Array<ArrayBuffer> {
  let state = 7;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

describe("a model's file that is encrypted is refused by its name", () => {
  it.each([
    [
      "lab.h5",
      evenBytes(9000),
      "lab.h5 is no model that can be read: its bytes look like chance, as when a file is encr",
    ],
    ["lab.onnx", evenBytes(9000), "lab.onnx is no model that can be read: its bytes look like chance, as when a file"],
    [
      "lab.h5",
      latin("Salted__8bytes"),
      "lab.h5 is no model that can be read: it looks like a file that OpenSSL has encrypted. Decrypt it first.",
    ],
    [
      "lab.onnx",
      latin("-----BEGIN PGP MESSAGE-----\n"),
      "it looks like a file that PGP has encrypted. Decrypt it first.",
    ],
    ["lab.onnx", latin("age-encryption.org/v1\n"), "it looks like a file that age has encrypted. Decrypt it first."],
    ["lab.keras", zipOf([{ name: "config.json", content: "{}", flags: 1 }]), "lab.keras is encrypted."],
    ["lab.zip", zipOf([{ name: "lab.h5", content: "HDF", flags: 1 }]), "lab.zip is encrypted. Unpack it with its"],
  ])("%s", async (name, bytes, cause) => {
    await expect(readModel([{ name, bytes }], null)).rejects.toThrow(cause);
  });
});
