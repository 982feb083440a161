import { describe, expect, test } from "vitest";
import { PhoneError } from "../src/index.ts";
import { ANA, harness } from "./harness.ts";

const product = (sku: string) => ({ product_retailer_id: sku });
const item = (sku: string) => ({ product_retailer_id: sku, quantity: 1, item_price: 3.5, currency: "INR" });

function interactive(payload: object): object {
  return { messaging_product: "whatsapp", to: ANA, type: "interactive", interactive: payload };
}

const LIST = interactive({
  type: "product_list",
  header: { type: "text", text: "Today" },
  body: { text: "Fresh" },
  action: { catalog_id: "1948", sections: [{ product_items: [product("a"), product("b")] }] },
});
const ONE = interactive({
  type: "product",
  body: { text: "Ours" },
  action: { catalog_id: "1949", product_retailer_id: "c" },
});
const ALL = interactive({
  type: "catalog_message",
  body: { text: "All" },
  action: { name: "catalog_message", parameters: { thumbnail_product_retailer_id: "a" } },
});

async function phoneWith(...requests: readonly object[]) {
  const { ana, api, emulator, messages } = harness({ rates: false });
  ana.says("hi");
  for (const request of requests) expect((await api(request)).status).toBe(200);
  await emulator.settle();
  /** What the business got last. */
  const got = async () => {
    await emulator.settle();
    return messages().at(-1);
  };
  return { ana, got };
}

describe("a cart", () => {
  test("is sent from the newest message that shows all its products, with that message's catalog", async () => {
    const { ana, got } = await phoneWith(LIST, ONE);
    const [list, one] = ana.history.filter(({ from }) => from === "business");
    ana.sendsOrder({ items: [item("b"), item("a")] });
    expect(await got()).toMatchObject({
      context: { id: list?.id },
      message: { type: "order", order: { catalog_id: "1948" } },
    });
    ana.sendsOrder({ items: [item("c")], text: "Soon, please" });
    expect(await got()).toMatchObject({
      context: { id: one?.id },
      message: { order: { catalog_id: "1949", text: "Soon, please", product_items: [item("c")] } },
    });
  });

  test("of other products comes from the catalog, which no message shows", async () => {
    const { ana, got } = await phoneWith(LIST, ONE);
    ana.sendsOrder({ items: [item("a"), item("c")] });
    expect((await got())?.context).toBeUndefined();
  });

  test("of any products answers a message that shows the whole catalog", async () => {
    const { ana, got } = await phoneWith(ALL);
    ana.sendsOrder({ items: [item("x")] });
    expect(await got()).toMatchObject({ context: { id: ana.history.find(({ kind }) => kind === "catalog")?.id } });
  });

  test("can be sent from a message that is named, if that shows its products", async () => {
    const { ana, got } = await phoneWith(LIST, ALL);
    const of = ana.history.find(({ kind }) => kind === "products")?.id ?? "";
    ana.sendsOrder({ items: [item("a")], of });
    expect(await got()).toMatchObject({ context: { id: of } });
    expect(() => ana.sendsOrder({ items: [item("c")], of })).toThrow(PhoneError);
  });
});
