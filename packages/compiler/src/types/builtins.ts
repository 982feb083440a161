/** The types that the language itself gives. */
import { LIMITS } from "@parley/whatsapp";
import { BUILTIN_ENUMS, type BuiltinEnum } from "../bind/builtins.ts";
import type { FieldInfo, Type } from "./type.ts";

export const UNKNOWN: Type = { kind: "unknown" };
export const NONE: Type = { kind: "none" };
export const NUMBER: Type = { kind: "number" };
export const BOOL: Type = { kind: "bool" };
export const DATE: Type = { kind: "date" };
export const TIME: Type = { kind: "time" };
export const MOMENT: Type = { kind: "moment" };
export const DURATION: Type = { kind: "duration" };
export const PHONE: Type = { kind: "phone" };
export const URL: Type = { kind: "url" };
export const LOCATION: Type = { kind: "location" };
export const MEDIA: Type = { kind: "media" };
export const CART: Type = { kind: "cart" };
export const CARD: Type = { kind: "card" };
/** `text` without a size. */
export const TEXT: Type & { kind: "text" } = { kind: "text", max: LIMITS.textBody.max };

/** Numbers stay below this; ranges beyond it are plain numbers. */
export const LARGEST: number = 1e15;

export function text(max: number): Type {
  return { kind: "text", max };
}

/** A whole number between both ends, or a number where they are beyond what is exact. */
export function range(min: number, max: number): Type {
  return min > -LARGEST && max < LARGEST ? { kind: "range", min, max } : NUMBER;
}

export const WHOLE: Type = range(1 - LARGEST, LARGEST - 1);

export function list(of: Type, min: number, max: number): Type {
  return { kind: "list", of, min, max };
}

export function optional(of: Type): Type {
  return of.kind === "optional" || of.kind === "none" || of.kind === "unknown" ? of : { kind: "optional", of };
}

export function record(name: string | undefined, fields: Readonly<Record<string, Type>>): Type {
  const infos = Object.entries(fields).map(([field, type]): readonly [string, FieldInfo] => [
    field,
    { name: field, type, personal: false, decl: undefined },
  ]);
  return { kind: "record", name, fields: new Map(infos) };
}

function builtinEnum(name: BuiltinEnum): Type {
  return { kind: "enum", name, cases: BUILTIN_ENUMS[name], decl: undefined };
}

const FAILURE: Type = builtinEnum("Failure");
const REPLY_KIND: Type = builtinEnum("ReplyKind");
const MEDIA_KIND: Type = builtinEnum("MediaKind");

/** By the name under which a program refers to it. */
export const BUILTINS: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["text", TEXT],
  ["number", NUMBER],
  ["bool", BOOL],
  ["date", DATE],
  ["time", TIME],
  ["moment", MOMENT],
  ["duration", DURATION],
  ["phone", PHONE],
  ["url", URL],
  ["location", LOCATION],
  ["media", MEDIA],
  ["cart", CART],
  ["card", CARD],
  ["Failure", FAILURE],
  ["ReplyKind", REPLY_KIND],
  ["MediaKind", MEDIA_KIND],
]);

/** Fields of the built-in types that have some. */
export const FIELDS: Readonly<Record<"location" | "media" | "cart" | "card", Type>> = {
  location: record("location", {
    latitude: NUMBER,
    longitude: NUMBER,
    name: optional(text(1000)),
    address: optional(text(1000)),
  }),
  media: record("media", {
    kind: MEDIA_KIND,
    mime: text(100),
    name: optional(text(240)),
    caption: optional(text(LIMITS.caption.max)),
  }),
  cart: record("cart", {
    items: list(
      record("cart item", { sku: text(100), quantity: range(1, 999), price: NUMBER, currency: text(3) }),
      1,
      100,
    ),
    note: optional(TEXT),
  }),
  card: record("card", { name: text(200), phones: list(PHONE, 0, 20) }),
};

const OPTION_ID = text(LIMITS.rowId.max);

/** `zh_Hant_TW` is among the longest names of a locale. */
export const LOCALE: Type = text(10);

export const CONTACT: Type = record("contact", {
  id: text(LIMITS.businessScopedUserId.max),
  phone: optional(PHONE),
  name: optional(text(100)),
  locale: LOCALE,
});

export const WINDOW: Type = record("window", { open: BOOL });

/** `reply` once the contact has written; before that it is `none`. */
export const REPLY: Type = record("reply", {
  kind: REPLY_KIND,
  text: optional(TEXT),
  option: optional(OPTION_ID),
  media: optional(MEDIA),
  location: optional(LOCATION),
  order: optional(CART),
  referral: optional(record("referral", { id: text(100), url: URL, headline: TEXT })),
  at: MOMENT,
});

export const FAILURE_TYPE: Type = FAILURE;
export const OPTION_ID_TYPE: Type = OPTION_ID;
