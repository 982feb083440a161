export * from "./errors.ts";
export * from "./events.ts";
export * from "./format.ts";
export * from "./render/index.ts";
export * from "./snapshot.ts";
export * from "./tests.ts";
