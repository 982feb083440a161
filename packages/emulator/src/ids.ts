import type { Random } from "./random.ts";

function base64(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes));
}

function ascii(text: string): number[] {
  return Array.from(text, (char) => char.charCodeAt(0) & 0x7f);
}

/**
 * A message id built as WhatsApp builds them: base64 of a few tags around the user's number (or business-scoped id) and 18
 * hex digits. It holds personal data, and its length varies: clients that log or cut ids find out here.
 */
export function createWamid(random: Random, contact: string, direction: "in" | "out"): string {
  const tail = random.hex(direction === "out" ? 18 : 20);
  return `wamid.${base64([
    0x1c,
    0x18,
    contact.length,
    ...ascii(contact),
    0x15,
    0x02,
    0x00,
    direction === "out" ? 0x11 : 0x12,
    0x18,
    tail.length,
    ...ascii(tail),
    0x00,
  ])}`;
}

/** `fbtrace_id` of an error. */
export function createTraceId(random: Random): string {
  return `A${base64(ascii(random.hex(16)))
    .replace(/[=+/]/g, "")
    .slice(0, 22)}`;
}
