/** The fields of the language's own record types. */
import type { ValueType } from "../format.ts";

type Fields = Readonly<Record<string, ValueType>>;

const text = (max: number): ValueType => ({ t: "text", max });
const optional = (of: ValueType): ValueType => ({ t: "optional", of });
const NUMBER: ValueType = { t: "number" };

export const LOCATION: Fields = {
  latitude: NUMBER,
  longitude: NUMBER,
  name: optional(text(1000)),
  address: optional(text(1000)),
};

/** A file at WhatsApp by its id, or anywhere by its link; programs see neither. */
export const MEDIA: Fields = {
  kind: { t: "enum", name: "MediaKind" },
  mime: text(100),
  name: optional(text(240)),
  caption: optional(text(1024)),
  id: optional(text(1000)),
  link: optional({ t: "url" }),
};

export const CART: Fields = {
  items: {
    t: "list",
    min: 1,
    max: 100,
    of: {
      t: "record",
      fields: { sku: text(100), quantity: { t: "range", min: 1, max: 999 }, price: NUMBER, currency: text(3) },
    },
  },
  note: optional(text(4096)),
};

export const CARD: Fields = {
  name: text(200),
  phones: { t: "list", min: 0, max: 20, of: { t: "phone" } },
};
