import { readFileSync } from "node:fs";
import { ruleTable, validateRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { BROKEN } from "../../../whatsapp/test/fixtures/broken.ts";
import { mutated, set } from "../../../whatsapp/test/fixtures/pointer.ts";
import { REQUESTS } from "../../../whatsapp/test/fixtures/requests.ts";
import { RULES, type RuleName, ruleStatus } from "../../src/rules.ts";
import { rulesPage } from "../../tools/rules-page.ts";
import { harness } from "../harness.ts";
import { CASES } from "./cases.ts";

const NAMES = Object.keys(RULES) as readonly RuleName[];

describe("the emulator's rules", () => {
  test("the page of them is up to date: `npm run gen`", () => {
    expect(readFileSync(new URL("../../../../docs/emulator-rules.md", import.meta.url), "utf8")).toBe(rulesPage());
  });

  test("there is a case for each", () => {
    expect(Object.keys(CASES).sort()).toEqual([...NAMES].sort());
  });

  test.each(NAMES)("%s", async (name) => {
    const seen = await CASES[name]();
    expect({ status: seen.status, code: seen.code }).toEqual({ status: ruleStatus(name), code: RULES[name].code });
  });
});

const many = Array.from({ length: 31 }, (_, i) => ({ product_retailer_id: `p${i}` }));
const MPM = {
  thumbnail_product_retailer_id: "p0",
  sections: [
    { title: "A", product_items: many.slice(0, 16) },
    { title: "B", product_items: many.slice(16) },
  ],
};

/** What no one broken field of a fixture breaks: it goes by the clock, or over several places. */
const OTHERS: Readonly<Record<string, unknown>> = {
  "order-expires-later": mutated(
    REQUESTS["interactive.order_details"],
    set("/interactive/action/parameters/order/expiration/timestamp", "1"),
  ),
  "template-products-are-within-limit": {
    messaging_product: "whatsapp",
    to: "393331234567",
    type: "template",
    template: {
      name: "menu",
      language: { code: "en" },
      components: [{ type: "button", sub_type: "mpm", index: 0, parameters: [{ type: "action", action: MPM }] }],
    },
  },
};

describe("the form of messages, through the emulator", () => {
  const { api, clock } = harness({ rates: false });

  test.each(BROKEN.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    const request = mutated(one.base, one.break);
    // A read receipt or a message, as the fixture says; with another clock some orders expire in time.
    const { status, body } = await api(request);
    expect([status >= 400, body.error.code]).toEqual([true, one.code]);
  });

  test("every rule and every limit of a request is broken by one of them", () => {
    const found = BROKEN.flatMap((one) => {
      const result = validateRequest(mutated(one.base, one.break), { nowMs: clock.now() });
      return result.ok ? [] : result.errors.map(({ rule }) => rule);
    });
    const rules = ruleTable().filter(({ code }) => code !== undefined);
    const others = [...new Set(rules.map(({ name }) => name).filter((name) => !found.includes(name)))];
    expect(others).toEqual(Object.keys(OTHERS));
  });

  test.each(Object.keys(OTHERS))("%s", async (name) => {
    const { status, body } = await api(OTHERS[name]);
    expect([status, body.error.code]).toEqual([400, 131009]);
  });
});
