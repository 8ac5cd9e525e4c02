import type { Command } from "../host/contract.ts";
import type { SaliencyOverlaySession } from "./session.ts";

/** What a host may ask of maps on behalf of Python or of a page's script. */
export function overlayCommands(_session: SaliencyOverlaySession): Readonly<Record<string, Command>> {
  return {};
}
