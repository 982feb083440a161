/** Payloads of interactive messages, but for carousels and orders. */
import { ADDRESS_FIELDS } from "../address.ts";
import {
  anyText,
  constant,
  exactlyOne,
  integer,
  items,
  link,
  list,
  oneOfTexts,
  ref,
  type Schema,
  type Schemas,
  someText,
  strict,
  tagged,
  text,
} from "./build.ts";

function file(type: string, media = "media"): Schema {
  return strict({ type: constant(type), [type]: ref(media) }, ["type", type]);
}

const textHeader = strict({ type: constant("text"), text: text("headerText") }, ["type", "text"]);
const header = ref("header");
const body = ref("body");
const footer = ref("footer");

/** Parts that several kinds share. */
export const PARTS: Schemas = {
  header: tagged("type", {
    text: textHeader,
    image: file("image"),
    video: file("video"),
    document: file("document", "namedMedia"),
  }),
  textHeader: tagged("type", { text: textHeader }),
  mediaHeader: tagged("type", { image: file("image"), video: file("video") }),
  body: strict({ text: text("interactiveBody") }, ["text"]),
  footer: strict({ text: text("footerText") }, ["text"]),
  productSections: items(
    "productSections",
    strict(
      {
        title: text("productSectionTitle"),
        product_items: items("products", strict({ product_retailer_id: someText }, ["product_retailer_id"])),
      },
      ["product_items"],
    ),
  ),
  addressValues: strict(
    {
      name: anyText,
      phone_number: anyText,
      in_pin_code: text("pinCode"),
      house_number: anyText,
      floor_number: anyText,
      tower_number: anyText,
      building_name: anyText,
      address: anyText,
      landmark_area: anyText,
      city: anyText,
      state: anyText,
    },
    [],
  ),
  addressErrors: strict(Object.fromEntries(ADDRESS_FIELDS.map((key) => [key, anyText])), []),
};

/** A kind that takes every header, a body and a footer. */
function full(type: string, action: Schema): Schema {
  return strict({ type: constant(type), header, body, footer, action }, ["type", "body", "action"]);
}

function named(name: string, parameters?: Schema, required = true): Schema {
  if (!parameters) return strict({ name: constant(name) }, ["name"]);
  return strict({ name: constant(name), parameters }, required ? ["name", "parameters"] : ["name"]);
}

const replyButton = strict(
  {
    type: constant("reply"),
    reply: strict({ id: text("replyButtonId"), title: text("replyButtonTitle") }, ["id", "title"]),
  },
  ["type", "reply"],
);

const listRow = strict({ id: text("rowId"), title: text("rowTitle"), description: text("rowDescription") }, [
  "id",
  "title",
]);

const listAction = strict(
  {
    button: text("listButton"),
    sections: items(
      "listSections",
      strict({ title: text("sectionTitle"), rows: items("listRows", listRow) }, ["rows"]),
    ),
  },
  ["button", "sections"],
);

const flowParameters = strict(
  {
    flow_message_version: constant("3"),
    flow_id: someText,
    flow_name: someText,
    flow_cta: text("flowCta"),
    flow_token: someText,
    mode: oneOfTexts("draft", "published"),
    flow_action: oneOfTexts("navigate", "data_exchange"),
    flow_action_payload: strict({ screen: someText, data: { type: "object", minProperties: 1 } }, []),
  },
  ["flow_message_version", "flow_cta"],
  exactlyOne(["flow_id"], ["flow_name"]),
);

const addressParameters = strict(
  {
    country: constant("IN"),
    values: ref("addressValues"),
    saved_addresses: list(strict({ id: someText, value: ref("addressValues") }, ["id", "value"])),
    validation_errors: ref("addressErrors"),
  },
  ["country"],
);

/** Payload schemas by interactive type. */
export const INTERACTIVE: Schemas = {
  button: full("button", strict({ buttons: items("replyButtons", replyButton) }, ["buttons"])),
  list: strict(
    {
      type: constant("list"),
      header: ref("textHeader"),
      body: strict({ text: text("listBody") }, ["text"]),
      footer,
      action: listAction,
    },
    ["type", "body", "action"],
  ),
  cta_url: full(
    "cta_url",
    named("cta_url", strict({ display_text: text("ctaText"), url: link }, ["display_text", "url"])),
  ),
  flow: full("flow", named("flow", flowParameters)),
  product: strict(
    {
      type: constant("product"),
      body,
      footer,
      action: strict({ catalog_id: someText, product_retailer_id: someText }, ["catalog_id", "product_retailer_id"]),
    },
    ["type", "action"],
  ),
  product_list: strict(
    {
      type: constant("product_list"),
      header: ref("textHeader"),
      body,
      footer,
      action: strict({ catalog_id: someText, sections: ref("productSections") }, ["catalog_id", "sections"]),
    },
    ["type", "header", "body", "action"],
  ),
  catalog_message: strict(
    {
      type: constant("catalog_message"),
      body,
      footer,
      action: named(
        "catalog_message",
        strict({ thumbnail_product_retailer_id: someText }, ["thumbnail_product_retailer_id"]),
        false,
      ),
    },
    ["type", "body", "action"],
  ),
  location_request_message: strict(
    { type: constant("location_request_message"), body, action: named("send_location") },
    ["type", "body", "action"],
  ),
  address_message: full("address_message", named("address_message", addressParameters)),
  voice_call: full(
    "voice_call",
    named(
      "voice_call",
      strict(
        {
          display_text: text("voiceCallText"),
          ttl_minutes: integer("voiceCallTtl"),
          payload: text("voiceCallPayload"),
        },
        [],
      ),
      false,
    ),
  ),
  call_permission_request: strict(
    { type: constant("call_permission_request"), body, action: named("call_permission_request") },
    ["type", "action"],
  ),
  request_contact_info: full("request_contact_info", named("request_contact_info")),
};
