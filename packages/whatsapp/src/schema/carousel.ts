import {
  constant,
  integer,
  items,
  link,
  ref,
  type Schema,
  type Schemas,
  someText,
  strict,
  tagged,
  text,
} from "./build.ts";

const quickReply = strict(
  {
    type: constant("quick_reply"),
    quick_reply: strict({ id: text("carouselButtonId"), title: text("carouselButtonTitle") }, ["id", "title"]),
  },
  ["type", "quick_reply"],
);

const mediaAction: Schema = strict(
  {
    name: constant("cta_url"),
    parameters: strict({ display_text: text("carouselButtonTitle"), url: link }, ["display_text", "url"]),
    buttons: items("carouselCardButtons", quickReply),
  },
  [],
  {
    oneOf: [
      { required: ["name", "parameters"], properties: { buttons: false } },
      { required: ["buttons"], properties: { name: false, parameters: false } },
    ],
  },
);

const mediaCard = strict(
  {
    card_index: integer("carouselCardIndex"),
    type: constant("cta_url"),
    header: ref("mediaHeader"),
    body: strict({ text: text("carouselCardBody") }, ["text"]),
    action: mediaAction,
  },
  ["card_index", "type", "header", "action"],
);

const productCard = strict(
  {
    card_index: integer("carouselCardIndex"),
    type: constant("product"),
    action: strict({ product_retailer_id: someText, catalog_id: someText }, ["product_retailer_id", "catalog_id"]),
  },
  ["card_index", "type", "action"],
);

export const CAROUSEL: Schemas = {
  carousel: strict(
    {
      type: constant("carousel"),
      body: ref("body"),
      action: strict({ cards: items("carouselCards", tagged("type", { cta_url: mediaCard, product: productCard })) }, [
        "cards",
      ]),
    },
    ["type", "body", "action"],
  ),
};
