import { LIMITS } from "./limits.ts";

/** Regular expression of a business-scoped user id (`CC.…`) and of its parent form (`CC.ENT.…`). */
export const USER_ID_PATTERN: string = `^[A-Z]{2}\\.(?:ENT\\.)?[A-Za-z0-9]{${LIMITS.businessScopedUserId.min},${LIMITS.businessScopedUserId.max}}$`;

const SEPARATORS = "[ ()\\-]*";

/** Regular expression of a phone number as `to` takes it; separators count for nothing. Linear in the text's length. */
export const PHONE_PATTERN: string = `^${SEPARATORS}(?:\\+${SEPARATORS})?[0-9](?:${SEPARATORS}[0-9]){0,${LIMITS.recipientPhone.max - 1}}${SEPARATORS}$`;

const userId = new RegExp(USER_ID_PATTERN);

/** Whether `id` is a business-scoped user id and not a phone number. */
export function isUserId(id: string): boolean {
  return userId.test(id);
}
