import { LIMITS } from "./limits.ts";

/** Regular expression of a business-scoped user id (`CC.…`) and of its parent form (`CC.ENT.…`). */
export const USER_ID_PATTERN: string = `^[A-Z]{2}\\.(?:ENT\\.)?[A-Za-z0-9]{${LIMITS.businessScopedUserId.min},${LIMITS.businessScopedUserId.max}}$`;

/** Regular expression of a phone number as `to` takes it; separators count for nothing. */
export const PHONE_PATTERN: string = `^[ ()\\-]*\\+?(?:[ ()\\-]*[0-9]){${LIMITS.recipientPhone.min},${LIMITS.recipientPhone.max}}[ ()\\-]*$`;

const userId = new RegExp(USER_ID_PATTERN);

/** Whether `id` is a business-scoped user id and not a phone number. */
export function isUserId(id: string): boolean {
  return userId.test(id);
}
