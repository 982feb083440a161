import { LIMITS, type MessageRequest } from "@parley/whatsapp";
import type { ContactState, Context } from "../context.ts";
import { type Answer, broken } from "./answer.ts";

const DAY = 86_400_000;

/** Counts a request for permission to call, or refuses it. */
export function callRefusal(ctx: Context, contact: ContactState, request: MessageRequest): Answer | undefined {
  if (request.type !== "interactive" || request.interactive.type !== "call_permission_request") return undefined;
  const now = ctx.clock.now();
  const within = (ms: number): number => contact.callRequests.filter((at) => now - at < ms).length;
  if (within(DAY) >= LIMITS.callRequestsPerDay.max || within(7 * DAY) >= LIMITS.callRequestsPerWeek.max)
    return broken(ctx, "call-requests-are-few", "The limit of call permission requests to this user is reached");
  contact.callRequests.push(now);
  return undefined;
}
