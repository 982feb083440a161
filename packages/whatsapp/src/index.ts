export { isUserId } from "./ids.ts";
export type * from "./json.ts";
export * from "./limits.ts";
export type * from "./messages.ts";
export * from "./text.ts";
export * from "./webhooks.ts";
