/** `report.json`: what the compiler decided and found out, per message. */
import type { Machine } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import { shownIn } from "../checks/shown-products.ts";
import { agesOf } from "../flow/ages.ts";
import type { FlowGraph, Node } from "../flow/graph.ts";
import { sendLimit, timesOf } from "../flow/window.ts";
import { emptyRecord } from "../ir/lowering.ts";
import type { Translations } from "../locales/translations.ts";
import type { Settings } from "../project/settings.ts";
import type { Ask, Say, Send } from "../syntax/ast.ts";
import { type LayoutChoice, layoutOf } from "../types/layout.ts";
import type { Types } from "../types/type.ts";

export interface BuildReport {
  /** Hash of the machine. */
  readonly machine: string;
  /** Free-form messages may be sent up to this age of the user's last message. */
  readonly windowLimitMs: number;
  readonly messages: Readonly<Record<string, MessageReport>>;
}

export interface MessageReport {
  readonly category: "service" | "utility" | "marketing" | "authentication";
  /** The greatest age of the user's last message when this is sent; null where it has no bound. */
  readonly windowAgeMs: number | null;
  /** Of asks with options, by locale. */
  readonly layouts?: Readonly<Record<string, LayoutReport>>;
  /** Of messages with several products: the least and the greatest number. */
  readonly products?: readonly [least: number, most: number];
}

export interface LayoutReport {
  readonly layout: "buttons" | "list" | "pages";
  readonly reasons: readonly string[];
  /** The least and the greatest number of options. */
  readonly options: readonly [least: number, most: number];
}

export interface Reported {
  readonly names: Names;
  readonly types: Types;
  readonly translations: Translations;
  readonly layouts: ReadonlyMap<Ask, LayoutChoice>;
  readonly graph: FlowGraph;
  readonly settings: Settings;
  readonly machine: Machine;
}

export function buildReport(reported: Reported): BuildReport {
  const { graph, settings, machine } = reported;
  const ages = agesOf(graph, timesOf(settings));
  const messages = emptyRecord<MessageReport>();
  for (const node of graph.nodes) {
    const syntax = sentBy(node);
    const id = syntax && reported.names.ids.get(syntax);
    if (syntax === undefined || id === undefined) continue;
    const age = ages.at[node.id] ?? 0;
    messages[id] = {
      category: categoryOf(machine, syntax),
      windowAgeMs: Number.isFinite(age) ? age : null,
      ...(syntax.kind === "Ask" ? layoutsOf(reported, syntax) : {}),
      ...productsIn(reported.types, syntax),
    };
  }
  return { machine: machine.hash, windowLimitMs: sendLimit(settings.windowMarginMs), messages };
}

function sentBy({ what }: Node): Ask | Say | Send | undefined {
  if (what.kind === "ask") return what.syntax;
  return what.kind === "message" && what.syntax.kind !== "React" ? what.syntax : undefined;
}

function categoryOf(machine: Machine, syntax: Ask | Say | Send): MessageReport["category"] {
  const name =
    syntax.kind === "Ask"
      ? syntax.template?.name.text
      : syntax.kind === "Send" && syntax.what.kind === "SendTemplate"
        ? syntax.what.name.text
        : undefined;
  return (name === undefined ? undefined : machine.templates[name]?.category) ?? "service";
}

function productsIn(types: Types, syntax: Ask | Say | Send): Pick<MessageReport, "products"> {
  const clauses =
    syntax.kind === "Ask" && syntax.ask === "products"
      ? syntax.clauses
      : syntax.kind === "Send" && syntax.what.kind === "SendProducts"
        ? syntax.what.clauses
        : undefined;
  if (!clauses) return {};
  const shown = shownIn(types, clauses);
  const sum = (bound: "min" | "max"): number => shown.reduce((all, product) => all + product[bound], 0);
  return { products: [sum("min"), sum("max")] };
}

function layoutReport({ layout, reasons, minOptions, maxOptions }: LayoutChoice): LayoutReport {
  return { layout, reasons, options: [minOptions, maxOptions] };
}

function layoutsOf(reported: Reported, ask: Ask): Pick<MessageReport, "layouts"> {
  const choice = reported.layouts.get(ask);
  if (!choice) return {};
  const layouts = { [reported.settings.locales.default]: layoutReport(choice) };
  const { names, types } = reported;
  for (const { locale, wording } of reported.translations.languages) {
    layouts[locale] = layoutReport(layoutOf({ names, types, wording }, ask) ?? choice);
  }
  return { layouts };
}
