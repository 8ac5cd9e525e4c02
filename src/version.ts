import manifest from "../package.json" with { type: "json" };

/** The version of the package, the wheel's as well. */
export const version: string = manifest.version;
