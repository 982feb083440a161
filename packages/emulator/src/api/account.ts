/** What else there is of a number: itself, its profile, whom it blocks. */
import { LIMITS } from "@parley/whatsapp";
import type { ContactState, Context } from "../context.ts";
import { digitsOf, findContact } from "../phone/contacts.ts";
import type { BusinessProfile } from "../types.ts";
import { type Answer, broken, refuse } from "./answer.ts";

export function phoneNumber(ctx: Context): Answer {
  return {
    status: 200,
    body: {
      id: ctx.settings.phoneNumberId,
      display_phone_number: ctx.settings.displayPhoneNumber,
      verified_name: "Emulator",
      quality_rating: "GREEN",
      platform_type: "CLOUD_API",
      throughput: { level: "STANDARD" },
      code_verification_status: "VERIFIED",
    },
  };
}

/** The fields asked for; without any, what the API gives by itself. */
export function readProfile(ctx: Context, query: URLSearchParams): Answer {
  const wanted = query.get("fields")?.split(",");
  const all = Object.entries(ctx.profile);
  const shown = wanted ? all.filter(([key]) => wanted.includes(key)) : [];
  return { status: 200, body: { data: [{ ...Object.fromEntries(shown), messaging_product: "whatsapp" }] } };
}

const PROFILE = ["about", "address", "description", "email", "vertical", "websites"];

export function writeProfile(ctx: Context, body: unknown): Answer {
  const { messaging_product: product, ...fields } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (product !== "whatsapp") return refuse(ctx, 100, "The parameter messaging_product is required.");
  const unknown = Object.keys(fields).find((key) => !PROFILE.includes(key) && key !== "profile_picture_handle");
  if (unknown !== undefined) return refuse(ctx, 100, `Unexpected key "${unknown}".`);
  ctx.profile = { ...ctx.profile, ...(fields as BusinessProfile) };
  return { status: 200, body: { success: true } };
}

// ---------------------------------------------------------------- blocks

interface Named {
  readonly user?: string;
  readonly user_id?: string;
}

function namedIn(body: unknown): readonly Named[] {
  const { block_users: users } = (body ?? {}) as { readonly block_users?: unknown };
  return Array.isArray(users) ? (users as readonly Named[]) : [];
}

function userOf(ctx: Context, { user, user_id }: Named): ContactState | undefined {
  const id = user ?? user_id;
  return id === undefined ? undefined : findContact(ctx, digitsOf(id) ?? id);
}

function entryOf(input: string, contact: ContactState | undefined): object {
  return { input, ...(contact ? { wa_id: contact.phone ?? contact.userId } : {}) };
}

function wroteLately(ctx: Context, contact: ContactState): boolean {
  return ctx.clock.now() - (contact.lastWroteAt ?? -Infinity) <= LIMITS.serviceWindow.max;
}

/** Each by itself: some can be blocked, others not. */
export function blockUsers(ctx: Context, body: unknown): Answer {
  const added: object[] = [];
  const failed: object[] = [];
  for (const named of namedIn(body)) {
    const contact = userOf(ctx, named);
    const entry = entryOf(named.user ?? named.user_id ?? "", contact);
    if (contact && wroteLately(ctx, contact)) {
      contact.blocked = true;
      added.push(entry);
      continue;
    }
    const details = "User has not messaged in the last 24 hours";
    failed.push({ ...entry, errors: [{ message: "Re-engagement required", code: 131_047, error_data: { details } }] });
  }
  const lists = { added_users: added, ...(failed.length > 0 ? { failed_users: failed } : {}) };
  const answer = { messaging_product: "whatsapp", block_users: lists };
  if (failed.length === 0) return { status: 200, body: answer };
  const refused = broken(
    ctx,
    "blocked-user-wrote",
    "Failed to block some users, see the block_users response list for details",
  );
  return { ...refused, body: { ...answer, ...(refused.body as object) } };
}

export function unblockUsers(ctx: Context, body: unknown): Answer {
  const removed = namedIn(body).map((named) => {
    const contact = userOf(ctx, named);
    if (contact) contact.blocked = false;
    return entryOf(named.user ?? named.user_id ?? "", contact);
  });
  return { status: 200, body: { messaging_product: "whatsapp", block_users: { removed_users: removed } } };
}

export function listBlocked(ctx: Context): Answer {
  const blocked = ctx.contacts.filter((contact) => contact.blocked);
  const data = blocked.map(({ phone, userId }) => ({ messaging_product: "whatsapp", wa_id: phone ?? userId }));
  return { status: 200, body: { data } };
}
