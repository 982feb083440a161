/** A table for each flow that something starts; categories of which nothing is sent are left out. */
import { CATEGORIES } from "@parley/compiler";
import { visible } from "../report/visible.ts";
import type { CostReport, FlowReport, LeastMost, LoopReport, Range } from "./report.ts";

type Row = readonly string[];

export function human({ flows, currency }: CostReport): string {
  return flows.length === 0
    ? "nothing starts a conversation here\n"
    : `${flows.map((flow) => flowText(flow, currency)).join("\n\n")}\n`;
}

function flowText({ flow, conversation, turn, loops }: FlowReport, currency: string | undefined): string {
  const columns = [conversation, ...(turn ? [turn] : [])];
  const rows: Row[] = [["", "a conversation", ...(turn ? ["a turn of the user"] : [])]];
  const add = (name: string, pick: (range: Range) => LeastMost | undefined, digits = 0): void => {
    const values = columns.map(pick);
    if (values.some((v) => v && v.most !== 0)) rows.push([name, ...values.map((v) => (v ? words(v, digits) : ""))]);
  };
  for (const category of CATEGORIES) add(category, (range) => range.categories[category]);
  rows.push(["messages", ...columns.map((range) => words(range.messages, 0))]);
  if (currency !== undefined)
    rows.push([currency, ...columns.map((range) => (range.price ? words(range.price, 4) : ""))]);
  return [`flow ${visible(flow)}`, ...table(rows), ...loops.map(loopText)].join("\n");
}

function words({ least, most }: LeastMost, digits: number): string {
  const text = (value: number): string => (digits === 0 ? String(value) : value.toFixed(digits));
  if (most === null) return `${text(least)} or more, no bound`;
  return least === most ? text(least) : `${text(least)} to ${text(most)}`;
}

function table(rows: readonly Row[]): readonly string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? "").length));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(width(i))).join("   ")}`.trimEnd());
}

const WHY = {
  answers: "answers can go round for ever",
  "wrong answers": "wrong answers are taken for ever: `retry N` would bound them",
  time: "it repeats by itself, for ever",
} as const;

/** More states than this are counted. */
const SHOWN = 6;

function loopText({ kind, states, file, line }: LoopReport): string {
  const more = states.length - SHOWN;
  const named = `${states.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return `  no bound: ${named} (${visible(file)}:${line}), ${WHY[kind]}`;
}
