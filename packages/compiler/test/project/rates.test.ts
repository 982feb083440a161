import { expect, describe as group, test } from "vitest";
import { parseRates, priceRange } from "../../src/project/rates.ts";

const read = (text: string): ReturnType<typeof parseRates> => parseRates({ path: "rates.yaml", text });

group("a file of rates", () => {
  test("has a currency, rates, and what differs in a market", () => {
    expect(read("currency: EUR\nrates: { utility: 0.02 }\nmarkets:\n  IN: { utility: 0.001 }\n")).toEqual({
      currency: "EUR",
      rates: { utility: 0.02 },
      markets: { IN: { utility: 0.001 } },
    });
    expect(read(`{"currency": "USD", "rates": {}}`)).toEqual({ currency: "USD", rates: {}, markets: {} });
  });

  test.each([
    ["a: [", /^it is not YAML: /],
    ["- 1", /^it must hold `currency` and `rates`$/],
    ["", /^it must hold `currency` and `rates`$/],
    ["prices: {}", /^there is no key `prices`$/],
    ["[a]: 1", /^there is no key ``$/],
    ["rates: {}", /^`currency` must be a code/],
    ["currency: 3\nrates: {}", /^`currency` must be a code/],
    ["currency: Euro\nrates: {}", /^`currency` must be a code/],
    ["currency: EUR", /^`rates` must have a price for each category$/],
    ["currency: EUR\nrates: [1]", /^`rates` must have a price for each category$/],
    ["currency: EUR\nrates: null", /^`rates` must have a price for each category$/],
    ["currency: EUR\nrates: { login: 1 }", /^`rates` has no category `login`, there are service, utility/],
    ["currency: EUR\nrates: { utility: -1 }", /^`rates\.utility` must be a price per message/],
    ["currency: EUR\nrates: { utility: .inf }", /^`rates\.utility` must be a price per message/],
    ["currency: EUR\nrates: { utility: free }", /^`rates\.utility` must be a price per message/],
    ["currency: EUR\nrates: {}\nmarkets: [IN]", /^`markets` must have a key for each country$/],
    ["currency: EUR\nrates: {}\nmarkets: all", /^`markets` must have a key for each country$/],
    ["currency: EUR\nrates: {}\nmarkets: { India: {} }", /^`India` is no country code of two capital letters$/],
    ["currency: EUR\nrates: {}\nmarkets: { IN: 1 }", /^`markets\.IN` must have a price for each category$/],
  ])("%j is refused with what is wrong", (text, sentence) => {
    expect(read(text)).toMatch(sentence);
  });
});

group("the range of prices", () => {
  const rates = {
    currency: "EUR",
    rates: { utility: 2, marketing: 6 },
    markets: { IN: { utility: 1 }, BR: { utility: 3 } },
  };

  test("is that of the markets that are named, with the general price where one has none of its own", () => {
    expect(priceRange(rates, ["IN", "DE"])).toEqual({
      low: { service: 0, utility: 1, marketing: 6, authentication: 0 },
      high: { service: 0, utility: 2, marketing: 6, authentication: 0 },
    });
  });

  test("is that of all markets of the file and the general price where none is named", () => {
    expect([priceRange(rates, []).low.utility, priceRange(rates, []).high.utility]).toEqual([1, 3]);
  });
});
