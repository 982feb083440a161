export { ConnectionCut } from "./api/answer.ts";
export type * from "./bubble.ts";
export { type AdvanceableClock, type Clock, createShiftedClock, createVirtualClock, realClock } from "./clock.ts";
export { createEmulator } from "./emulator.ts";
export type { WireEntry } from "./log.ts";
export { findOption, type Option, optionsOf } from "./phone/taps.ts";
export * from "./types.ts";
