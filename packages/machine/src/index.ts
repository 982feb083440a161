export * from "./events.ts";
export * from "./format.ts";
export * from "./snapshot.ts";
export * from "./tests.ts";
