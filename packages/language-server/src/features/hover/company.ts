/** What a word stands in, where that changes what it means. */
import type { Node } from "../../at.ts";
import type { Company } from "../../docs/words-in.ts";

const OF_KIND: Readonly<Record<string, Company>> = {
  OnText: "trigger",
  ActionDecl: "action",
  TemplateDecl: "template",
  Send: "send",
  Expect: "expect",
  UserSendsLocation: "user",
  UserSendsValue: "user",
  UserSendsMedia: "user",
  If: "if",
  Match: "match",
  Let: "failure",
  Set: "failure",
  Do: "failure",
};

/** The innermost; a block, an arm and an ask begin something of their own. */
export function companyOf(path: readonly Node[]): Company | undefined {
  const found = path.findLast(({ kind }) => Object.hasOwn(OF_KIND, kind) || OWN.has(kind));
  return found && OF_KIND[found.kind];
}

const OWN: ReadonlySet<string> = new Set(["Ask", "Block", "FlowDecl"]);
