import { LIMITS } from "../limits.ts";
import {
  anyText,
  constant,
  integer,
  items,
  link,
  list,
  open,
  pattern,
  ref,
  type Schema,
  type Schemas,
  someText,
  strict,
  tagged,
  text,
} from "./build.ts";

const parameterName: Schema = pattern("^[a-z0-9_]+$", "lower-case letters, digits and underscores");

/** A parameter: its type, its value under the type's name. */
function parameter(type: string, value: Schema, more: Schemas = {}): Schema {
  return strict({ type: constant(type), [type]: value, ...more }, ["type", type]);
}

const named = { parameter_name: parameterName };
const TEXTUAL: Schemas = {
  // Emptiness and length of the text are rules: they depend on the component.
  templateText: parameter("text", anyText, named),
  templateCurrency: parameter(
    "currency",
    strict(
      { fallback_value: someText, code: pattern("^[A-Z]{3}$", "a currency code"), amount_1000: { type: "integer" } },
      ["fallback_value", "code", "amount_1000"],
    ),
    named,
  ),
  templateDateTime: parameter("date_time", open({ fallback_value: someText }, ["fallback_value"]), named),
};

const textual: Schemas = {
  text: ref("templateText"),
  currency: ref("templateCurrency"),
  date_time: ref("templateDateTime"),
};

const headerParameter = tagged("type", {
  ...textual,
  image: parameter("image", ref("media")),
  video: parameter("video", ref("media")),
  gif: parameter("gif", ref("media")),
  document: parameter("document", ref("namedMedia")),
  location: parameter("location", ref("geo")),
  product: parameter(
    "product",
    strict({ product_retailer_id: someText, catalog_id: someText }, ["product_retailer_id", "catalog_id"]),
  ),
});

function action(properties: Schemas, required: readonly string[]): Schema {
  return parameter("action", strict(properties, required));
}

const thumbnail: Schemas = { thumbnail_product_retailer_id: someText };

/** Parameter of a button, by `sub_type`. */
const BUTTON_PARAMETERS: Schemas = {
  quick_reply: tagged("type", { payload: parameter("payload", text("templatePayload")) }),
  url: tagged("type", { text: parameter("text", anyText) }),
  copy_code: tagged("type", { coupon_code: parameter("coupon_code", text("couponCode")) }),
  flow: tagged("type", { action: action({ flow_token: anyText, flow_action_data: { type: "object" } }, []) }),
  catalog: tagged("type", { action: action(thumbnail, ["thumbnail_product_retailer_id"]) }),
  mpm: tagged("type", {
    action: action({ ...thumbnail, sections: ref("productSections") }, ["thumbnail_product_retailer_id", "sections"]),
  }),
  voice_call: tagged("type", {
    ttl_minutes: parameter("ttl_minutes", integer("voiceCallTtl")),
    payload: parameter("payload", text("voiceCallPayload")),
  }),
  order_details: tagged("type", { action: action({ order_details: { type: "object" } }, ["order_details"]) }),
};

const buttonIndex: Schema = {
  type: ["integer", "string"],
  minimum: LIMITS.templateButtonIndex.min,
  maximum: LIMITS.templateButtonIndex.max,
  pattern: `^[${LIMITS.templateButtonIndex.min}-${LIMITS.templateButtonIndex.max}]$`,
  description: "the position of the button, 0 to 9",
};

/** A call button may carry its time to live and its payload, every other button carries one parameter. */
function buttonComponent(name: string, parameters: Schema): Schema {
  return strict(
    {
      type: constant("button"),
      sub_type: anyText,
      index: buttonIndex,
      parameters: { ...list(parameters, 1), maxItems: name === "voice_call" ? 2 : 1 },
    },
    ["type", "sub_type", "index", "parameters"],
  );
}

const button = tagged(
  "sub_type",
  Object.fromEntries(Object.entries(BUTTON_PARAMETERS).map(([name, schema]) => [name, buttonComponent(name, schema)])),
  true,
);

const header = strict({ type: constant("header"), parameters: { ...list(headerParameter, 1), maxItems: 1 } }, [
  "type",
  "parameters",
]);
const body = strict({ type: constant("body"), parameters: list(tagged("type", textual)) }, ["type", "parameters"]);

const PARTS: Schemas = {
  header: ref("templateHeader"),
  body: ref("templateBody"),
  button: ref("templateButton"),
};
const cardComponents = list(tagged("type", PARTS), 1);

const components = tagged("type", {
  ...PARTS,
  limited_time_offer: strict(
    {
      type: constant("limited_time_offer"),
      parameters: list(
        parameter("limited_time_offer", strict({ expiration_time_ms: { type: "integer" } }, ["expiration_time_ms"])),
        1,
      ),
    },
    ["type", "parameters"],
  ),
  carousel: strict(
    {
      type: constant("carousel"),
      cards: items(
        "templateCards",
        strict({ card_index: integer("carouselCardIndex"), components: cardComponents }, ["card_index", "components"]),
      ),
    },
    ["type", "cards"],
  ),
  tap_target_configuration: strict(
    {
      type: constant("tap_target_configuration"),
      parameters: list(
        parameter("tap_target_configuration", list(strict({ url: link, title: someText }, ["url", "title"]), 1)),
        1,
      ),
    },
    ["type", "parameters"],
  ),
});

export const TEMPLATE: Schemas = {
  ...TEXTUAL,
  templateHeader: header,
  templateBody: body,
  templateButton: button,
  template: strict(
    {
      name: text("templateName"),
      language: strict({ code: someText, policy: constant("deterministic") }, ["code"]),
      components: list(components),
    },
    ["name", "language"],
  ),
};
