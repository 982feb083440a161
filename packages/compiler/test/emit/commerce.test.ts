import { type Machine, validateMachine } from "@parley/machine";
import { validateRequest } from "@parley/whatsapp";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import schema from "../../../machine/schema/machine.schema.json" with { type: "json" };
import { built, outputOf, payloads, withSamples } from "./built.ts";

const PROGRAM = `
type Item = { sku: text(20), name: text(24) }
type Visit = { name: text(40), guests: 1..8 }
type Home = { name: text(60), city: text(60) }
action stock() -> Item[1..12]
flow f {
  on message -> sends
  var best: text(20) = "soap-1"
  var basket: cart
  var visit: Visit
  var home: Home

  state sends {
    let items = stock() else -> end
    send product best body "Our {best}"
    send product "soap-2"
    send products "Fresh" {
      header "Today"
      footer "With tax"
      product "first"
      for i in items { product i.sku }
    }
    send products "Sorted" {
      header "Today"
      section "Few" { product "first" }
      section "Many" when window.open { for i in items { product i.sku product "{i.sku}-xl" } }
    }
    send catalog "All" thumbnail best
    send carousel "Views of {best}" {
      card image "https://shop.example/1.jpg" body "One" { link "See" "https://shop.example/{best}" }
      card image "https://shop.example/2.jpg" body "Two" { link "See" "https://shop.example/2" }
    }
    -> asks
  }
  state asks {
    let items = stock() else -> end
    ask product one: best body "This?" as basket { footer "Made here" after 1h -> end }
    ask products some: "Which?" as basket { header "Today" for i in items { product i.sku } after 1h -> end }
    ask catalog all: "All?" as basket { thumbnail "soap-1" footer "With tax" after 1h -> end }
    ask form table: "12345" body "Book" as visit { header "Tonight" open "Start" after 1h -> end }
    ask form plain: "12345" body "Book" { open "Book a table" header image "https://shop.example/1.jpg" after 1h -> end }
    ask address where: "Where?" country IN as home { header "Delivery" footer "In India" after 1h -> end }
    -> end
  }
}`;

const SETTINGS = { catalog: "1948", business: { country: "IN", compliance: "filed" }, markets: ["IN"] } as const;

const lines = Object.entries(payloads(PROGRAM, SETTINGS)).map(
  ([id, body]) => `${id} ${JSON.stringify((body as { interactive: unknown }).interactive)}`,
);

test("each message has its request", () => {
  expect(lines).toMatchInlineSnapshot(`
    [
      "f.sends~1 {"type":"product","body":{"text":"Our {best}"},"action":{"catalog_id":"1948","product_retailer_id":"{best}"}}",
      "f.sends~2 {"type":"product","action":{"catalog_id":"1948","product_retailer_id":"soap-2"}}",
      "f.sends~3 {"type":"product_list","header":{"type":"text","text":"Today"},"body":{"text":"Fresh"},"footer":{"text":"With tax"},"action":{"catalog_id":"1948","sections":[{"product_items":[{"product_retailer_id":"first"},{"product_retailer_id":"{i.sku}"}]}]}}",
      "f.sends~4 {"type":"product_list","header":{"type":"text","text":"Today"},"body":{"text":"Sorted"},"action":{"catalog_id":"1948","sections":[{"title":"Few","product_items":[{"product_retailer_id":"first"}]},{"title":"Many","product_items":[{"product_retailer_id":"{i.sku}"},{"product_retailer_id":"{i.sku}-xl"}]}]}}",
      "f.sends~5 {"type":"catalog_message","body":{"text":"All"},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"{best}"}}}",
      "f.sends~6 {"type":"carousel","body":{"text":"Views of {best}"},"action":{"cards":[{"card_index":0,"type":"cta_url","header":{"type":"image","image":{"link":"https://shop.example/1.jpg"}},"body":{"text":"One"},"action":{"name":"cta_url","parameters":{"display_text":"See","url":"https://shop.example/{best}"}}},{"card_index":1,"type":"cta_url","header":{"type":"image","image":{"link":"https://shop.example/2.jpg"}},"body":{"text":"Two"},"action":{"name":"cta_url","parameters":{"display_text":"See","url":"https://shop.example/2"}}}]}}",
      "f.asks.one {"type":"product","body":{"text":"This?"},"footer":{"text":"Made here"},"action":{"catalog_id":"1948","product_retailer_id":"{best}"}}",
      "f.asks.some {"type":"product_list","header":{"type":"text","text":"Today"},"body":{"text":"Which?"},"action":{"catalog_id":"1948","sections":[{"product_items":[{"product_retailer_id":"{i.sku}"}]}]}}",
      "f.asks.all {"type":"catalog_message","body":{"text":"All?"},"footer":{"text":"With tax"},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"soap-1"}}}",
      "f.asks.table {"type":"flow","header":{"type":"text","text":"Tonight"},"body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"12345","flow_cta":"Start","flow_token":"f.asks.table"}}}",
      "f.asks.plain {"type":"flow","header":{"type":"image","image":{"link":"https://shop.example/1.jpg"}},"body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"12345","flow_cta":"Book a table","flow_token":"f.asks.plain"}}}",
      "f.asks.where {"type":"address_message","header":{"type":"text","text":"Delivery"},"body":{"text":"Where?"},"footer":{"text":"In India"},"action":{"name":"address_message","parameters":{"country":"IN"}}}",
    ]
  `);
});

describe("with values in their holes WhatsApp takes", () => {
  const requests = [...built(PROGRAM, SETTINGS)].filter(([path]) => path.startsWith("payloads/"));
  test.each(requests)("%s", (_, content) => {
    expect(validateRequest(withSamples(JSON.parse(content)))).toMatchObject({ ok: true });
  });
});

test("the report says how many products a message can have", () => {
  const { messages } = outputOf(PROGRAM, SETTINGS).report;
  const counts = Object.entries(messages).flatMap(([id, { products }]) => (products ? [[id, ...products]] : []));
  expect(counts).toEqual([
    ["f.sends~3", 2, 13],
    ["f.sends~4", 1, 25],
    ["f.asks.some", 1, 12],
  ]);
});

test("the machine is one by its schema, and can be loaded", () => {
  const { machine } = outputOf(PROGRAM, SETTINGS);
  const validate = new Ajv2020({ strict: false }).compile(schema);
  validate(JSON.parse(JSON.stringify(machine)));
  expect(validate.errors).toBeNull();
  validateMachine(machine);
  expect(machine.catalog).toBe("1948");
});

test.each<[string, (machine: Machine) => unknown, string]>([
  ["without a catalog", withoutCatalog, "/catalog: /messages/f.sends~1/content shows products"],
  ["without a text of a card", without("f.sends~6.card~2.body"), "/messages/f.sends~6/content/cards/1/body"],
  ["without a section's title", without("f.sends~4.section~2"), "/messages/f.sends~4/content/sections/1/title"],
  ["without a header", without("f.asks.some.header"), "/asks/f.asks.some/prompt/header"],
  ["without the text that opens", without("f.asks.table.open"), "/asks/f.asks.table/prompt/open"],
  ["without a footer", without("f.asks.where.footer"), "/asks/f.asks.where/prompt/footer"],
])("a machine %s cannot be loaded", (_, broken, message) => {
  expect(() => validateMachine(broken(outputOf(PROGRAM, SETTINGS).machine))).toThrow(message);
});

function without(key: string): (machine: Machine) => unknown {
  return (machine) => ({
    ...machine,
    texts: Object.fromEntries(Object.entries(machine.texts).filter(([k]) => k !== key)),
  });
}

function withoutCatalog(machine: Machine): unknown {
  return Object.fromEntries(Object.entries(machine).filter(([key]) => key !== "catalog"));
}
