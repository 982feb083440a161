/** Texts of messages as lists and lenses show them. */
import type { Syntax } from "@parley/compiler";

const LONGEST = 60;

/** A text as it is written, its lines joined, cut where it is long. */
export function textSource(text: Syntax.TextExpr): string {
  const written = text.parts
    .map((part) => (typeof part === "string" ? part : part.source.text.slice(part.start, part.end)))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
  return written.length > LONGEST ? `${written.slice(0, LONGEST - 1)}…` : written;
}

/** The first words that a state says; empty where it says none. */
export function firstLine(state: Syntax.StateDecl): string {
  for (const statement of state.body.statements) {
    const text = statement.kind === "Say" || statement.kind === "Ask" ? statement.body : undefined;
    if (text) return textSource(text);
  }
  return "";
}
