import {
  anyText,
  constant,
  list,
  oneOfTexts,
  pattern,
  ref,
  type Schema,
  type Schemas,
  someText,
  strict,
  text,
} from "./build.ts";

const value: Schema = { type: "integer", minimum: 0 };

function amount(more: Schemas = {}): Schema {
  return strict({ value, offset: constant(100), ...more }, ["value", "offset"]);
}

/** Parts of orders. */
export const AMOUNTS: Schemas = {
  amount: amount(),
  describedAmount: amount({ description: text("orderDescription") }),
};

const referenceId: Schema = {
  ...text("orderReferenceId"),
  pattern: "^[A-Za-z0-9_.-]*$",
  description: "letters, digits, underscores, dashes and dots",
};

const item = strict(
  {
    retailer_id: someText,
    name: text("orderItemName"),
    amount: ref("amount"),
    sale_amount: ref("amount"),
    quantity: { type: "integer", minimum: 1 },
    image: ref("media"),
    country_of_origin: someText,
    importer_name: someText,
    importer_address: strict(
      {
        address_line1: anyText,
        address_line2: anyText,
        city: anyText,
        zone_code: anyText,
        postal_code: anyText,
        country_code: anyText,
      },
      [],
    ),
  },
  ["name", "amount", "quantity"],
);

const order = strict(
  {
    status: constant("pending"),
    items: list(item, 1),
    subtotal: ref("amount"),
    tax: ref("describedAmount"),
    shipping: ref("describedAmount"),
    discount: amount({ description: text("orderDescription"), discount_program_name: text("orderDescription") }),
    catalog_id: someText,
    expiration: strict(
      {
        timestamp: pattern("^[0-9]{1,12}$", "Unix seconds as a string"),
        description: text("orderStatusDescription"),
      },
      ["timestamp"],
    ),
  },
  ["status", "items", "subtotal", "tax"],
);

const detailsParameters = strict(
  {
    reference_id: referenceId,
    type: oneOfTexts("digital-goods", "physical-goods"),
    currency: oneOfTexts("INR", "BRL"),
    total_amount: ref("amount"),
    payment_settings: list({ type: "object" }),
    payment_type: someText,
    payment_configuration: someText,
    order,
  },
  ["reference_id", "type", "currency", "total_amount", "order"],
);

const statusParameters = strict(
  {
    reference_id: referenceId,
    order: strict(
      {
        status: oneOfTexts("processing", "partially_shipped", "shipped", "completed", "canceled"),
        description: text("orderStatusDescription"),
      },
      ["status"],
    ),
  },
  ["reference_id", "order"],
);

function payment(type: string, name: string, parameters: Schema): Schema {
  return strict(
    {
      type: constant(type),
      header: ref("header"),
      body: ref("body"),
      footer: ref("footer"),
      action: strict({ name: constant(name), parameters }, ["name", "parameters"]),
    },
    ["type", "body", "action"],
  );
}

export const ORDERS: Schemas = {
  order_details: payment("order_details", "review_and_pay", detailsParameters),
  order_status: payment("order_status", "review_order", statusParameters),
};
