/** The names that every expression can read: `contact`, `profile`, `reply`, `window`, `env`, `failure`. */
import type { Expr, Value } from "../format.ts";
import { own } from "../own.ts";
import type { Reply } from "../snapshot.ts";
import { DAY_MS } from "../value/calendar.ts";
import type { Env } from "./env.ts";

export type RootName = Extract<Expr, readonly ["root", string]>[1];

type Evaluate = (env: Env, e: Expr) => Value;

/** Free-form messages can be sent, and there is time left to write them. */
function isWindowOpen(env: Env): boolean {
  return env.lastUserAt !== null && env.now - env.lastUserAt < DAY_MS - 2 * env.machine.windowMarginMs;
}

/** A field of the contact's profile, or what it is at first. */
export function profileField(env: Env, name: string, evaluate: Evaluate): Value {
  if (Object.hasOwn(env.profile, name)) return env.profile[name] ?? null;
  const init = env.machine.profile[name]?.init;
  return init === undefined ? null : evaluate(env, init);
}

export function rootField(env: Env, root: Exclude<RootName, "profile">, name: string): Value {
  switch (root) {
    case "contact":
      return contactField(env, name);
    case "reply":
      return env.reply === null ? null : replyField(env.reply, name);
    case "window":
      return name === "open" ? isWindowOpen(env) : null;
    case "env":
      return own(env.outside, name) ?? null;
    case "failure":
      return null;
    default:
      return root satisfies never;
  }
}

function contactField(env: Env, name: string): Value {
  switch (name) {
    case "id":
      return env.contact.id;
    case "phone":
      return phoneValue(env.contact.phone);
    case "name":
      return env.contact.name;
    case "locale":
      return env.contactLocale;
    default:
      return null;
  }
}

/** Phone numbers are values with `+`; WhatsApp's ids of users come without. */
export function phoneValue(phone: string | null): string | null {
  return phone !== null && /^\d/.test(phone) ? `+${phone}` : phone;
}

const REPLY_FIELDS = ["kind", "text", "option", "media", "location", "order", "referral", "at"] as const;

function replyField(reply: Reply, name: string): Value {
  const { id: _, ...fields } = reply;
  return own(fields, name) ?? null;
}

export function rootValue(env: Env, root: RootName, evaluate: Evaluate): Value {
  switch (root) {
    case "failure":
      return env.failure;
    case "profile":
      return record(Object.keys(env.machine.profile), (name) => profileField(env, name, evaluate));
    case "contact":
      return record(["id", "phone", "name", "locale"], (name) => contactField(env, name));
    case "window":
      return { open: isWindowOpen(env) };
    case "reply": {
      const { reply } = env;
      return reply && record(REPLY_FIELDS, (name) => replyField(reply, name));
    }
    case "env":
      return env.outside;
    default:
      return root satisfies never;
  }
}

function record(names: readonly string[], value: (name: string) => Value): Value {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}
