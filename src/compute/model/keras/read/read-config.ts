import { damagedFile } from "../../../formats/file-error.ts";

/**
 * What Python's `json.dumps` wrote: it knows NaN and infinities, JSON doesn't. Infinities are read as such, NaN as null.
 *
 * @param what - As errors say it: "its model_config".
 */
export function readConfig(text: string, fileName: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      const standard = text.replace(/"(?:[^"\\]|\\.)*"|NaN|Infinity/g, (found) =>
        found === "NaN" ? "null" : found === "Infinity" ? "1e999" : found,
      );
      return JSON.parse(standard);
    } catch (thrown) {
      throw damagedFile(fileName, `${what} is no JSON (${thrown instanceof Error ? thrown.message : thrown})`);
    }
  }
}
