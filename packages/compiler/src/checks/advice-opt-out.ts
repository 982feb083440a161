/** P9002: who gets marketing can stop it. */
import { foldText } from "@parley/machine";
import type { TemplateDecl, Trigger } from "../syntax/ast.ts";
import { plainText } from "../types/length.ts";
import { at, type Checked, type Report } from "./program.ts";

/** Words that users write to stop, folded; and what flows and states for it are called. */
const WORDS =
  /\b(?:stop+|unsubscribe|opt[ _-]?out|no more|baja|cancelar|desuscribir\w*|parar|sair|pare|remover|arret\w*|desabonner|abmelden|stopp|annulla|disiscriv\w*|afmelden)\b/u;
const NAMES = /stop|unsubscribe|opt_?out|goodbye|leave/i;

export function marketingWithOptOut({ names, nodes }: Checked, report: Report): void {
  // A file of approved templates holds those of all bots of the account.
  const sent = new Set([
    ...nodes.sends.map(({ what }) => (what.kind === "SendTemplate" ? what.name.text : "")),
    ...nodes.asks.map(({ template }) => template?.name.text),
  ]);
  const marketing = [...names.templates.values()].filter((t) => isMarketing(t) && (!t.listed || sent.has(t.name.text)));
  const [first] = marketing;
  if (!first) return;
  for (const flow of names.flows.values()) {
    if (flow.triggers.some((t) => isOptOut(t, flow.name.text))) return;
  }
  for (const template of marketing) {
    if (!template.clauses.some((c) => c.kind === "TemplateOption" && c.title && isStop(plainText(c.title)))) {
      at(report, "P9002", template.name, { template: template.name.text });
    }
  }
}

function isMarketing({ clauses }: TemplateDecl): boolean {
  return clauses.some((c) => c.kind === "TemplateCategory" && c.name.text === "marketing");
}

/** In languages whose words are not listed the name of the flow or state tells. */
function isOptOut({ anytime, on, arrow }: Trigger, flow: string): boolean {
  if (!anytime || on.kind !== "OnText") return false;
  if (NAMES.test(flow) || NAMES.test(arrow.name.text)) return true;
  return on.texts.some((text) => isStop(text.kind === "PatternLiteral" ? text.pattern : plainText(text)));
}

function isStop(text: string): boolean {
  return WORDS.test(foldText(text));
}
