import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Interactive, MediaRef, MessageRequest, OutgoingMessage } from "@parley/whatsapp";
import { expect, test } from "vitest";

// Each of these is wrong, and the compiler says so: an unused `@ts-expect-error` is an error itself.
export const WRONG: readonly unknown[] = [
  // @ts-expect-error both id and link
  { id: "1", link: "https://example.org" } satisfies MediaRef,
  // @ts-expect-error neither id nor link
  {} satisfies MediaRef,
  // @ts-expect-error payload of another type
  { type: "text", image: { id: "1" } } satisfies OutgoingMessage,
  // @ts-expect-error no recipient
  { messaging_product: "whatsapp", type: "text", text: { body: "x" } } satisfies MessageRequest,
  {
    type: "list",
    // @ts-expect-error a list takes a text header only
    header: { type: "image", image: { id: "1" } },
    body: { text: "x" },
    action: { button: "x", sections: [] },
  } satisfies Interactive,
  {
    type: "product",
    // @ts-expect-error a product takes no header
    header: { type: "text", text: "x" },
    action: { catalog_id: "c", product_retailer_id: "s" },
  } satisfies Interactive,
  // @ts-expect-error a caption on an audio
  { type: "audio", audio: { id: "1", caption: "x" } } satisfies OutgoingMessage,
];

test("fixtures have the types of requests and webhooks, and wrong payloads do not", () => {
  const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
  const project = fileURLToPath(new URL("tsconfig.json", import.meta.url));
  expect(WRONG).toHaveLength(7);
  expect(() => execFileSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" })).not.toThrow();
}, 60_000);
