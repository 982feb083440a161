/** What `parley cost` tells, for all formats. */
import {
  ALL,
  type Amounts,
  type Bounds,
  CATEGORIES,
  type Category,
  type FlowCost,
  type Loop,
  PRICE,
  positionAt,
} from "@parley/compiler";

export interface CostReport {
  readonly bot: string;
  /** `undefined` without rates. */
  readonly currency: string | undefined;
  readonly flows: readonly FlowReport[];
}

export interface FlowReport {
  readonly flow: string;
  readonly conversation: Range;
  readonly turn: Range | undefined;
  readonly loops: readonly LoopReport[];
}

export interface Range {
  readonly messages: LeastMost;
  readonly categories: Readonly<Record<Category, LeastMost>>;
  readonly price: LeastMost | undefined;
}

/** `most` is null where there is no bound. */
export interface LeastMost {
  readonly least: number;
  readonly most: number | null;
}

export interface LoopReport {
  readonly kind: Loop["kind"];
  readonly states: readonly string[];
  readonly file: string;
  readonly line: number;
}

export function reportOf(bot: string, currency: string | undefined, costs: readonly FlowCost[]): CostReport {
  return { bot, currency, flows: costs.map((cost) => flowOf(cost, currency !== undefined)) };
}

function flowOf({ flow, conversation, turn, loops }: FlowCost, priced: boolean): FlowReport {
  return {
    flow: flow.name.text,
    conversation: rangeOf(conversation, priced),
    turn: turn && rangeOf(turn, priced),
    loops: loops.map(({ kind, states, node }) => {
      const place = node.what.kind === "call" ? node.flow.name : node.what.syntax;
      const { line } = positionAt(place.source, place.start);
      return { kind, states, file: place.source.path, line };
    }),
  };
}

function rangeOf(bounds: Bounds, priced: boolean): Range {
  const categories = Object.fromEntries(CATEGORIES.map((category, i) => [category, at(bounds, i)]));
  return {
    messages: at(bounds, ALL),
    categories: categories as Record<Category, LeastMost>,
    price: priced ? at(bounds, PRICE) : undefined,
  };
}

function at({ least, most }: Bounds, i: number): LeastMost {
  const value = (amounts: Amounts): number => rounded(amounts[i] ?? 0);
  return { least: value(least), most: Number.isFinite(value(most)) ? value(most) : null };
}

/** Sums of prices without the noise of doubles. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1e8) / 1e8 : value;
}
