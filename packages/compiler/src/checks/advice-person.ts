/** P9001: a bot has a way to a person. */
import type { TextExpr } from "../syntax/ast.ts";
import { at, type Checked, type Report } from "./program.ts";

/** An e-mail address, or digits that can be a telephone number. */
const CONTACT = /[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d(?:[\s().-]*\d){6,}|tel:/u;

export function wayToAPerson(program: Checked, report: Report): void {
  const { graph, names, settings } = program;
  if (settings.lone || graph.broken.size > 0) return;
  const [place] = [...names.flows.values()].sort((a, b) => rank(a) - rank(b));
  if (!place) return;
  if (program.people.value || program.texts.some((use) => CONTACT.test(written(use.text)))) return;
  at(report, "P9001", place.name, { bot: settings.name });
}

/** The flow that answers everybody is where people look for it. */
function rank(flow: { readonly triggers: readonly { readonly on: { readonly kind: string } }[] }): number {
  return flow.triggers.some((t) => t.on.kind === "OnMessage") ? 0 : flow.triggers.length > 0 ? 1 : 2;
}

function written(text: TextExpr): string {
  return text.parts.map((part) => (typeof part === "string" ? part : "")).join("");
}
