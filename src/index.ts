export * from "./entries/index.ts";
