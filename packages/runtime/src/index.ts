export { createBot } from "./create-bot.ts";
export {
  ArgumentError,
  ConfigError,
  QueueFullError,
  StoreBrokenError,
  StoreError,
  StoreFormatError,
  StoreInUseError,
  UploadError,
  WindowClosedError,
} from "./errors.ts";
export type { Limits } from "./limits.ts";
export type { Sending } from "./outbox/sending.ts";
export type * from "./store.ts";
export { memoryStore } from "./stores/memory.ts";
export { type Archive, type Counts, exportLines, importLines, storedSnapshots } from "./stores/transfer.ts";
export { carrySnapshot, type Plan, type PlannedPlace, planMoves, type Stranding } from "./turn/plan.ts";
export type * from "./types.ts";
