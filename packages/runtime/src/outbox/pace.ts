/** Messages that wait until the one before is on the phone: `sending.order`. */
import type { SendRow, Write } from "../store.ts";
import type { Sending } from "./sending.ts";

/** After `row` was taken by WhatsApp. */
export function pacedBy(row: SendRow, { order, deliveredMs }: Sending, now: number): readonly Write[] {
  return order === "delivered" && row.body.kind === "message" ? [{ kind: "paceSends", at: now + deliveredMs }] : [];
}

/** After it arrived, or will not. */
export function freedBy({ order }: Sending, now: number): readonly Write[] {
  return order === "delivered" ? [{ kind: "paceSends", at: now }] : [];
}
