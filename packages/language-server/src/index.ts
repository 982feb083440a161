export type { Host } from "./host.ts";
export { createServer } from "./server.ts";
export type { View } from "./view.ts";
