/** Numbers of messages, one for each billing category, one for all of them, and what they cost. */
import { sure } from "../text/sure.ts";

/** What WhatsApp bills a message as. `service`: every message that is no template. */
export const CATEGORIES = ["service", "utility", "marketing", "authentication"] as const;

export type Category = (typeof CATEGORIES)[number];

/** By category in the order of `CATEGORIES`, then all messages, then their price. `Infinity` where there is no bound. */
export type Amounts = readonly number[];

export const ALL = 4;
export const PRICE = 5;
const SIZE = 6;

export const NOTHING: Amounts = Array.from({ length: SIZE }, () => 0);

export function oneMessage(category: Category, price: number): Amounts {
  const amounts: number[] = NOTHING.map((_, i) => (i === ALL || CATEGORIES[i] === category ? 1 : 0));
  amounts[PRICE] = price;
  return amounts;
}

export function plus(a: Amounts, b: Amounts): Amounts {
  if (a === NOTHING) return b;
  return b === NOTHING ? a : a.map((value, i) => value + sure(b[i]));
}

/** Nothing stays nothing, however often. */
export function times(a: Amounts, count: number): Amounts {
  return a.map((value) => (value === 0 ? 0 : value * count));
}

/** Each number by itself: together they need not come from one way. */
export function most(a: Amounts | undefined, b: Amounts | undefined): Amounts | undefined {
  return a && b ? a.map((value, i) => Math.max(value, sure(b[i]))) : (a ?? b);
}

export function least(a: Amounts | undefined, b: Amounts | undefined): Amounts | undefined {
  return a && b ? a.map((value, i) => Math.min(value, sure(b[i]))) : (a ?? b);
}

export function same(a: Amounts | undefined, b: Amounts | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.every((value, i) => value === b[i]));
}
