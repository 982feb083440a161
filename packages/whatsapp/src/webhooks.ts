export { flowResponse } from "./webhooks/content.ts";
export { decodeWebhook } from "./webhooks/decode.ts";
export type * from "./webhooks/items.ts";
export type * from "./webhooks/wire.ts";
