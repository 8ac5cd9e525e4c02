/**
 * Why bytes can't be read as protobuf: "short" where the file itself ends too early, "broken" where a field can't be
 * what it says, "deep" and "many" past what is read.
 */
export type WireFault = "short" | "broken" | "deep" | "many";

/** For `readOnnx` alone, which puts it into words. */
export class WireError extends Error {
  override readonly name = "WireError";

  constructor(
    readonly fault: WireFault,
    /** Byte at which the field begins. */
    readonly at: number,
    /** How long the file would have to be, where it is short. */
    readonly needed: number = 0,
  ) {
    super(`${fault} at byte ${at}`);
  }
}
