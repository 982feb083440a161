import type { AskDef, Machine, ProductsContent, ValueType } from "@parley/machine";
import type { InboundMessage } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { readFilled } from "../src/value/filled.ts";
import { oneAsk } from "./fixtures/small.ts";
import { drive, type Sent, texts } from "./lib/drive.ts";

const RECORD: ValueType = {
  t: "record",
  fields: { name: { t: "text", max: 20 }, guests: { t: "range", min: 1, max: 8 }, late: { t: "bool" } },
};

/** `oneAsk` with another prompt and answer; the answer goes on at "Yes!". */
function asking(prompt: AskDef["prompt"], answer: AskDef["answer"], more: Partial<AskDef> = {}): Machine {
  const machine = oneAsk();
  const ask = machine.asks["main.first"];
  if (!ask || !answer) throw new Error("there is no ask");
  const flow = machine.flows["main"];
  if (!flow) throw new Error("there is no flow");
  const vars = { ...flow.vars, x: { type: answer.kind === "order" ? ({ t: "cart" } as const) : RECORD } };
  return {
    ...machine,
    catalog: "1948",
    flows: { main: { ...flow, vars } },
    asks: { "main.first": { ...ask, prompt, answer, into: ["slot", "x"], ...more } },
  };
}

const BODY = "main.first.body";
const form = (more: Partial<AskDef> = {}): Machine =>
  asking({ kind: "form", form: "12345", body: BODY, open: BODY }, { kind: "form", type: RECORD }, more);

function filled(response: unknown, name = "flow"): InboundMessage {
  const nfm_reply = { name, body: "Sent", response_json: JSON.stringify(response) };
  return { type: "interactive", interactive: { type: "nfm_reply", nfm_reply } };
}

function tokenOf([sent]: readonly Sent[]): string {
  const message = sent?.message;
  if (message?.type !== "interactive" || message.interactive.type !== "flow") throw new Error("no form was sent");
  return message.interactive.action.parameters.flow_token ?? "";
}

const RIGHT = { name: " Ana ", guests: "4", late: "false", other: [1] };

describe("forms", () => {
  test("the token names the ask, and what was filled in becomes the record", () => {
    const bot = drive(form());
    const token = tokenOf(bot.says("hi"));
    expect(token).toMatch(/^main\.first#[0-9a-z]{6}\.1$/);
    expect(texts(bot.gets(filled({ ...RIGHT, flow_token: token })))).toEqual(["Yes!"]);
    expect(bot.trace).toContainEqual({ kind: "answer", ask: "main.first", by: "typed" });
  });

  test("without a token the waiting ask is answered", () => {
    const bot = drive(form());
    bot.says("hi");
    expect(texts(bot.gets(filled({ ...RIGHT, flow_token: "unused" })))).toEqual(["Yes!"]);
  });

  test.each([
    [{ ...RIGHT, guests: 9 }],
    [{ ...RIGHT, guests: "four" }],
    [{ ...RIGHT, name: "  " }],
    [{ name: "Ana" }],
    [[1, 2]],
    ["text"],
    [null],
  ])("%j is a wrong answer", (response) => {
    const bot = drive(form());
    bot.says("hi");
    expect(texts(bot.gets(filled(response)))).toEqual(["Yes or no?"]);
    expect(bot.trace).toContainEqual({ kind: "answer", ask: "main.first", by: "else" });
  });

  test("what was filled in is in no snapshot but as the variable's value", () => {
    const bot = drive(form({ into: undefined as never }));
    bot.says("hi");
    bot.gets(filled({ name: "secret", guests: 9, late: true }));
    expect(JSON.stringify(bot.snapshot)).not.toContain("secret");
    expect(bot.snapshot?.reply).toMatchObject({ kind: "form", text: null });
  });

  test("a form of another conversation is stale, not a wrong answer", () => {
    const bot = drive(form());
    bot.says("hi");
    const sent = bot.gets(filled({ ...RIGHT, flow_token: "main.first#zzzzzz.1" }));
    expect(texts(sent)).toEqual(["Yes or no?"]);
    expect(bot.trace).toContainEqual({ kind: "stale", what: "main.first" });
  });

  test("an address is no form, and a form no address", () => {
    const bot = drive(asking({ kind: "address", country: "IN", body: BODY }, { kind: "address", type: RECORD }));
    bot.says("hi");
    expect(texts(bot.gets(filled(RIGHT)))).toEqual(["Yes or no?"]);
    expect(texts(bot.gets(filled({ values: RIGHT }, "address_message")))).toEqual(["Yes!"]);
  });
});

const order: InboundMessage = {
  type: "order",
  order: {
    catalog_id: "1948",
    text: "",
    product_items: [{ product_retailer_id: "a", quantity: 2, item_price: 3.5, currency: "INR" }],
  },
};

describe("products", () => {
  const products = (skus: readonly string[]): ProductsContent => ({
    kind: "products",
    header: BODY,
    body: BODY,
    sections: [{ rows: skus.map((sku) => ({ kind: "product", sku })) }],
  });

  test("one that stands there twice is left out and noted", () => {
    const bot = drive(asking(products(["a", "b", "a"]), { kind: "order" }));
    const [sent] = bot.says("hi");
    expect(sent?.message).toMatchObject({
      interactive: {
        action: {
          catalog_id: "1948",
          sections: [{ product_items: [{ product_retailer_id: "a" }, { product_retailer_id: "b" }] }],
        },
      },
    });
    expect(bot.trace).toContainEqual({ kind: "row-dropped", ask: "main.first", id: "a" });
  });

  test("a cart answers, and what is none is wrong", () => {
    const bot = drive(asking(products(["a"]), { kind: "order" }));
    bot.says("hi");
    expect(texts(bot.says("two of them"))).toEqual(["Yes or no?"]);
    expect(texts(bot.gets({ type: "order", order: { catalog_id: "1", product_items: [] } }))).toEqual(["Yes or no?"]);
    expect(texts(bot.gets(order))).toEqual(["Yes!"]);
  });

  test("without any, `empty` is taken; a machine without it is broken", () => {
    const empty = asking(products([]), { kind: "order" }, { empty: oneAsk().asks["main.first"]?.next ?? 0 });
    expect(texts(drive(empty).says("hi"))).toEqual(["Yes!"]);
    expect(() => drive(asking(products([]), { kind: "order" })).says("hi")).toThrow("has no product to show");
  });
});

test.each<[ValueType, unknown, unknown]>([
  [{ t: "number" }, "-3.50", -3.5],
  [{ t: "range", min: 1, max: 9 }, " 4 ", 4],
  [{ t: "number" }, "1e3", "1e3"],
  [{ t: "number" }, "", ""],
  [{ t: "bool" }, "true", true],
  [{ t: "bool" }, "yes", "yes"],
  [{ t: "text", max: 9 }, "4", "4"],
  [{ t: "optional", of: { t: "number" } }, "4", 4],
  [{ t: "optional", of: { t: "number" } }, null, null],
  [{ t: "list", of: { t: "number" }, min: 0, max: 3 }, ["1", 2], [1, 2]],
  [{ t: "list", of: { t: "number" }, min: 0, max: 3 }, "1", "1"],
  [RECORD, { guests: "2", more: 1 }, { guests: 2 }],
  [RECORD, 7, 7],
])("for %j the form's %j is read as %j", (type, value, read) => {
  expect(readFilled(type, value as never)).toEqual(read);
});
