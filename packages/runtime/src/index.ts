export { createBot } from "./create-bot.ts";
export { ArgumentError, ConfigError, QueueFullError, StoreError, StoreFormatError, StoreInUseError } from "./errors.ts";
export type * from "./store.ts";
export { memoryStore } from "./stores/memory.ts";
export type * from "./types.ts";
