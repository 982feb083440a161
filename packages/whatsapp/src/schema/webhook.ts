/** Webhooks: what a receiver relies on is checked, everything else is accepted. */
import { anyText, constant, flag, list, open, openTagged, ref, type Schema, type Schemas, someText } from "./build.ts";

const seconds: Schema = {
  type: ["string", "integer"],
  pattern: "^[0-9]+$",
  description: "Unix seconds",
};
const error = open({ code: { type: "integer" }, title: anyText, message: anyText }, ["code"]);
const errors = ref("webhookErrors");
const named = (key: string, payload: Schema): Schema => open({ [key]: payload }, [key]);
const media = ref("webhookMedia");
const MEDIA = open({ id: someText, mime_type: anyText, sha256: anyText, caption: anyText, url: anyText }, ["id"]);
const reply = ref("webhookReply");
const REPLY = open({ id: anyText, title: anyText, description: anyText }, ["id"]);

const interactive = open(
  { type: anyText },
  ["type"],
  openTagged("type", {
    button_reply: named("button_reply", reply),
    list_reply: named("list_reply", reply),
    nfm_reply: named("nfm_reply", open({ name: anyText, body: anyText, response_json: {} }, ["response_json"])),
    call_permission_reply: named("call_permission_reply", open({ response: anyText }, ["response"])),
  }),
);

const order = open(
  {
    catalog_id: anyText,
    text: anyText,
    product_items: list(
      open(
        {
          product_retailer_id: anyText,
          quantity: { type: "number" },
          item_price: { type: "number" },
          currency: anyText,
        },
        ["product_retailer_id", "quantity"],
      ),
    ),
  },
  ["catalog_id", "product_items"],
);

const MESSAGE_TYPES: Schemas = {
  text: named("text", open({ body: anyText }, ["body"])),
  image: named("image", media),
  video: named("video", media),
  audio: named("audio", media),
  document: named("document", media),
  sticker: named("sticker", media),
  location: named(
    "location",
    open({ latitude: { type: "number" }, longitude: { type: "number" } }, ["latitude", "longitude"]),
  ),
  contacts: named("contacts", list({ type: "object" })),
  reaction: named("reaction", open({ message_id: someText, emoji: anyText }, ["message_id"])),
  button: named("button", open({ payload: anyText, text: anyText })),
  interactive: named("interactive", interactive),
  order: named("order", order),
  system: named("system", open({ body: anyText, type: anyText, wa_id: anyText, user_id: anyText })),
  unsupported: open({ errors }),
  edit: named("edit", { type: "object" }),
  revoke: named("revoke", { type: "object" }),
};

const message = open(
  {
    id: someText,
    timestamp: seconds,
    type: someText,
    from: anyText,
    from_user_id: anyText,
    group_id: anyText,
    context: open({ from: anyText, id: anyText, forwarded: flag, frequently_forwarded: flag }),
    referral: open({ source_url: anyText, source_id: anyText, source_type: anyText }),
    errors,
  },
  ["id", "timestamp", "type"],
  openTagged("type", MESSAGE_TYPES),
);

const status = open(
  {
    id: someText,
    status: someText,
    timestamp: seconds,
    recipient_id: anyText,
    recipient_user_id: anyText,
    biz_opaque_callback_data: anyText,
    conversation: open({ id: anyText, origin: open({ type: anyText }) }),
    pricing: open({ billable: flag, pricing_model: anyText, type: anyText, category: anyText }),
    errors,
  },
  ["id", "status", "timestamp"],
  openTagged("status", { failed: open({ errors }) }),
);

const contact = open({
  wa_id: anyText,
  user_id: anyText,
  parent_user_id: anyText,
  profile: open({ name: anyText, username: anyText }),
});

const value = open(
  {
    messaging_product: constant("whatsapp"),
    metadata: open({ display_phone_number: anyText, phone_number_id: someText }, ["phone_number_id"]),
    contacts: list(contact),
    messages: list(ref("webhookMessage")),
    statuses: list(ref("webhookStatus")),
    errors,
  },
  ["messaging_product", "metadata"],
);

export const WEBHOOK: Schemas = {
  webhookErrors: list(error),
  webhookMedia: MEDIA,
  webhookReply: REPLY,
  webhookMessage: message,
  webhookStatus: status,
  webhookValue: value,
  webhook: open(
    {
      object: constant("whatsapp_business_account"),
      entry: list(
        open(
          {
            id: someText,
            changes: list(
              open(
                { field: someText },
                ["field", "value"],
                openTagged("field", { messages: open({ value: ref("webhookValue") }) }),
              ),
            ),
          },
          ["id", "changes"],
        ),
      ),
    },
    ["object", "entry"],
  ),
};
