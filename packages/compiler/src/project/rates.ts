/** What messages cost: the file of `parley cost --rates`, YAML or JSON. */
import { isMap, isScalar } from "yaml";
import type { Source } from "../text/source.ts";
import { parseYaml } from "./yaml.ts";

export interface Rates {
  /** ISO 4217, as written; only printed. */
  readonly currency: string;
  /** By billing category; what is not given costs nothing. */
  readonly rates: Readonly<Record<string, number>>;
  /** By country (ISO 3166-1 alpha-2), what differs there. */
  readonly markets: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** As in `flow/amounts.ts`, which stands to the right of here. */
const CATEGORIES = ["service", "utility", "marketing", "authentication"] as const;

type Category = (typeof CATEGORIES)[number];

/** The rates, or one sentence on what is wrong. */
export function parseRates(source: Source): Rates | string {
  const document = parseYaml(source.text);
  const [error] = document.errors;
  if (error) return `it is not YAML: ${error.message.split("\n", 1)[0]?.replace(/\.$/, "")}`;
  const root = document.contents;
  if (!isMap(root)) return "it must hold `currency` and `rates`";
  const value = new Map(root.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair.value]));
  for (const key of value.keys()) {
    if (key !== "currency" && key !== "rates" && key !== "markets") return `there is no key \`${key}\``;
  }
  const currency = value.get("currency");
  if (!isScalar(currency) || typeof currency.value !== "string" || !/^[A-Z]{3}$/.test(currency.value)) {
    return "`currency` must be a code of three capital letters such as `EUR`";
  }
  const rates = pricesOf(value.get("rates")?.toJS(document), "rates");
  if (typeof rates === "string") return rates;
  const markets: Record<string, Readonly<Record<string, number>>> = {};
  const written: unknown = value.get("markets")?.toJS(document) ?? {};
  if (typeof written !== "object" || written === null || Array.isArray(written))
    return "`markets` must have a key for each country";
  for (const [country, of] of Object.entries(written)) {
    if (!/^[A-Z]{2}$/.test(country)) return `\`${country}\` is no country code of two capital letters`;
    const prices = pricesOf(of, `markets.${country}`);
    if (typeof prices === "string") return prices;
    markets[country] = prices;
  }
  return { currency: currency.value, rates, markets };
}

function pricesOf(value: unknown, path: string): Readonly<Record<string, number>> | string {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `\`${path}\` must have a price for each category`;
  for (const [category, price] of Object.entries(value)) {
    if (!CATEGORIES.some((known) => known === category))
      return `\`${path}\` has no category \`${category}\`, there are ${CATEGORIES.join(", ")}`;
    if (typeof price !== "number" || !(price >= 0) || price === Number.POSITIVE_INFINITY) {
      return `\`${path}.${category}\` must be a price per message, such as 0.05`;
    }
  }
  return { ...value };
}

/** The lowest and the highest price of each category in these markets; in all that the file names where none are given. */
export function priceRange(
  { rates, markets }: Rates,
  among: readonly string[],
): { readonly low: Record<Category, number>; readonly high: Record<Category, number> } {
  const countries = among.length > 0 ? among : Object.keys(markets);
  const of = (category: string): number[] => {
    const general = rates[category] ?? 0;
    const there = countries.map((country) => markets[country]?.[category] ?? general);
    return among.length > 0 ? there : [general, ...there];
  };
  const range = (pick: (...values: number[]) => number): Record<Category, number> => ({
    service: pick(...of("service")),
    utility: pick(...of("utility")),
    marketing: pick(...of("marketing")),
    authentication: pick(...of("authentication")),
  });
  return { low: range(Math.min), high: range(Math.max) };
}
