/** What goes in and out of the control API, by name. */
import {
  anything,
  count,
  flag,
  list,
  number,
  object,
  ref,
  type Schema,
  type Schemas,
  said,
  text,
  words,
} from "./schema.ts";

const word = (value: string): Schema => ({ const: value });

const duration: Schema = {
  description: "Milliseconds, or a text such as 1h30m.",
  anyOf: [
    { type: "number", minimum: 0 },
    { type: "string", pattern: "^(?:[0-9]+(?:ms|[smhdw]))+$" },
  ],
};

const CONTACT = {
  name: text,
  username: text,
  hidden: said(flag, "The number stays hidden from the business."),
  reads: said(flag, "Whether messages are marked as read when they arrive."),
  onWhatsApp: flag,
  devices: { ...list(ref("Device")), minItems: 1 },
  identityKey: said(text, "Hash of the user's identity."),
};

const FLAGS = {
  online: said(flag, "false: messages wait until the phone is online again."),
  blocks: said(flag, "The user blocks the business."),
  marketing: said(flag, "false: the user stopped marketing messages."),
};

const moment = said(number, "Ms since 1970.");

function act(type: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return object({ type: word(type), ...properties }, ["type", ...required]);
}

const media = (type: string): Schema =>
  act(type, {
    mimeType: text,
    caption: text,
    filename: text,
    voice: flag,
    base64: { type: "string", contentEncoding: "base64", description: "The file, as the business can download it." },
  });

const id = said(text, "Id of a message.");

const ACTS: readonly Schema[] = [
  act("text", { text, quote: id }, ["text"]),
  act("tap", { option: said(text, "Id or title."), of: id }, ["option"]),
  act("location", { latitude: number, longitude: number, name: text, address: text }, ["latitude", "longitude"]),
  act("contacts", { contacts: list(anything) }, ["contacts"]),
  act("order", { items: { ...list(ref("OrderedProduct")), minItems: 1 }, catalogId: text, text, of: id }, ["items"]),
  act("form", { response: anything, of: id }, ["response"]),
  act("reaction", { emoji: text, to: id }, ["emoji"]),
  act("ad", { id: text, text, headline: text, url: text }, ["id"]),
  act("edit", { of: id, text }, ["of", "text"]),
  act("delete", { of: id }, ["of"]),
  act("permission", { accept: flag }, ["accept"]),
  act("contact", {}),
  act("pay", { of: id, fails: said(flag, "The payment does not go through.") }),
  act("play", { of: id }),
  ...["image", "video", "audio", "document", "sticker"].map(media),
];

function fault(kind: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  const often = {
    times: { type: "integer", minimum: 1 },
    rate: { type: "number", minimum: 0, maximum: 1 },
    seed: text,
    contact: text,
  } satisfies Schemas;
  return object({ kind: word(kind), ...properties, ...often }, ["kind", ...required]);
}

const of = words(["messages", "statuses"]);

const FAULTS: readonly Schema[] = [
  fault("duplicate", { of }),
  fault("late", { ms: ref("Duration"), upToMs: ref("Duration"), of }, ["ms"]),
  fault("reorder", { ms: ref("Duration") }),
  fault("lostStatus", {}),
  fault("failDelivery", { code: count }),
  fault("apiError", { code: count, retryAfterS: count }, ["code"]),
  fault("apiStatus", { status: { type: "integer", minimum: 400, maximum: 599 }, retryAfterS: count }, ["status"]),
  fault("drop", { accepted: flag }, ["accepted"]),
  fault("slow", { ms: ref("Duration") }, ["ms"]),
  fault("clockJump", { ms: ref("Duration") }, ["ms"]),
];

const TEMPLATE_STATUS = words(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]);

export const SCHEMAS: Schemas = {
  Error: object({ error: object({ message: text }, ["message"]) }, ["error"]),
  Duration: duration,
  Device: object(
    { kind: words(["android", "ios", "web"]), old: said(flag, "Too old to show lists, buttons and the like.") },
    ["kind"],
  ),
  NewContact: object({ phone: text, userId: said(text, "Business-scoped user id."), ...CONTACT }),
  ContactChange: object({ ...CONTACT, ...FLAGS }),
  Contact: object(
    {
      id: text,
      phone: text,
      userId: text,
      ...CONTACT,
      ...FLAGS,
      blocked: flag,
      lastWroteAt: moment,
      typingUntil: moment,
    },
    ["id", "name", "hidden", "reads", "onWhatsApp", "devices", "online", "blocks", "blocked", "marketing"],
  ),
  OrderedProduct: object({ product_retailer_id: text, quantity: number, item_price: number, currency: text }, [
    "product_retailer_id",
    "quantity",
    "item_price",
    "currency",
  ]),
  Act: { oneOf: ACTS },
  Bubble: {
    ...anything,
    description: "A message as the phone shows it.",
    properties: {
      n: count,
      changed: count,
      id: text,
      from: words(["business", "user"]),
      at: moment,
      kind: text,
      status: text,
    },
    required: ["n", "changed", "id", "from", "at", "kind", "status"],
  },
  History: object({ bubbles: list(ref("Bubble")), after: count, typing: flag }, ["bubbles", "after", "typing"]),
  Fault: { oneOf: FAULTS },
  Faults: object({ faults: list(ref("Fault")) }, ["faults"]),
  TemplateStatus: TEMPLATE_STATUS,
  Template: object(
    {
      name: text,
      language: text,
      category: words(["UTILITY", "MARKETING", "AUTHENTICATION"]),
      status: TEMPLATE_STATUS,
      components: list(anything),
      id: text,
    },
    ["name", "language", "category", "components"],
  ),
  Webhook: object({ url: text, appSecret: text, verifyToken: text }, ["url", "appSecret", "verifyToken"]),
  Behaviour: object({
    rates: said(flag, "The pair limit and the throughput of the number."),
    unknownNumbers: said(words(["create", "fail"]), "Messages to numbers that no contact has."),
    delays: object({ sent: count, delivered: count, read: said({ anyOf: [count, { type: "null" }] }, "null: never.") }),
    batching: {
      description: "Several updates in one webhook; null: each by itself.",
      anyOf: [object({ most: count, waitMs: count }, ["most", "waitMs"]), { type: "null" }],
    },
    unknownMedia: said(words(["accept", "refuse"]), "Media ids that were not uploaded here."),
    compliance: said(flag, "false: an Indian business that can send no products."),
    coexistence: said(flag, "The number is used in the WhatsApp Business app as well."),
  }),
  Clock: object({ now: moment, iso: text, advanceable: flag }, ["now", "iso", "advanceable"]),
};
