/** P1001 for clauses in messages that have no use for them: nothing that is written may be without effect. And for flows that do nothing. */
import type { Ask, AskClause, AskKind, FlowDecl } from "../syntax/ast.ts";
import { withWord } from "../text/removal.ts";
import { spanOf } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { canGather } from "../types/gather.ts";
import { mayHaveOptions, showsOptions } from "../types/rows.ts";
import { at, type Checked, type Report } from "./program.ts";

type Kind = AskClause["kind"];

const OPTIONS: readonly Kind[] = [
  "Option",
  "Section",
  "ForRows",
  "OpenClause",
  "MoreClause",
  "EmptyClause",
  "FallbackClause",
];

/** Clauses of one kind of ask alone. What all share, and headers and footers (P3014), may stand anywhere. */
const OWN: Readonly<Partial<Record<AskKind, readonly Kind[]>>> = {
  template: ["Option"],
  products: ["ProductClause", "Section", "ForRows", "EmptyClause"],
  catalog: ["ThumbnailClause"],
  form: ["OpenClause"],
};

const SPECIAL: ReadonlySet<Kind> = new Set([
  "Option",
  "Section",
  "ForRows",
  "ProductClause",
  "ThumbnailClause",
  "OpenClause",
  "MoreClause",
  "EmptyClause",
  "GatherClause",
  "FallbackClause",
]);

/** What the rows of an ask, its sections and `for`s, can be made of. */
const ROWS: ReadonlySet<Kind> = new Set(["Option", "Section", "ForRows", "ProductClause", "InvalidClause"]);

export function clausesWhereTheyBelong({ nodes }: Checked, report: Report): void {
  for (const ask of nodes.asks) inAsk(ask, report);
  for (const { what } of nodes.sends) if (what.kind === "SendProducts") inSend(what.clauses, report);
}

/** Such a flow could be neither started nor called. */
export function flowsWithStates({ names }: Checked, report: Report): void {
  for (const flow of names.flows.values()) {
    if (flow.states.length === 0 && isWhole(flow))
      at(report, "P1001", flow.name, { expected: "a state in this flow", found: "none" });
  }
}

/** All that stands between its braces was read: else the parser has told what is wrong there. */
function isWhole({ source, end, triggers, vars, elses, afters, name, result }: FlowDecl): boolean {
  const open = source.text.indexOf("{", Math.max(name.end, result?.end ?? 0));
  let rest = source.text.slice(0, end);
  const declared = vars.map((field) => withWord(field, "var"));
  const members = [...triggers, ...declared, ...elses, ...afters].sort((a, b) => b.start - a.start);
  for (const member of members) rest = rest.slice(0, member.start) + rest.slice(member.end);
  return /^\{(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*\}$/.test(rest.slice(open));
}

function inAsk(ask: Ask, report: Report): void {
  // Of a kind that does not exist nothing is known.
  if (ask.ask === "auto" && ask.askWord) return;
  const own = OWN[ask.ask] ?? (mayHaveOptions(ask) ? OPTIONS : []);
  const gathers = canGather(ask);
  const belongs = ({ kind }: AskClause): boolean => {
    if (kind === "GatherClause") return gathers;
    if (!SPECIAL.has(kind)) return true;
    // Of an ask without options, what is said about them says nothing.
    return own.includes(kind) && (showsOptions(ask) || OPTIONS !== own || ROWS.has(kind));
  };
  inClauses(ask.clauses, belongs, ask.askWord ? `\`ask ${ask.askWord.text}\`` : "`ask`", report);
}

function inSend(clauses: readonly AskClause[], report: Report): void {
  const kinds: readonly Kind[] = [
    "HeaderClause",
    "FooterClause",
    "ProductClause",
    "Section",
    "ForRows",
    "InvalidClause",
  ];
  inClauses(clauses, (c) => kinds.includes(c.kind), "`send products`", report);
}

function inClauses(
  clauses: readonly AskClause[],
  belongs: (clause: AskClause) => boolean,
  name: string,
  report: Report,
): void {
  for (const c of clauses) {
    if (!belongs(c)) refuse(c, name, report);
    else if (c.kind === "Section") {
      inClauses(c.clauses, (inner) => inner.kind !== "Section" && isRow(inner) && belongs(inner), "a section", report);
    } else if (c.kind === "ForRows") {
      // What may not stand around the `for` may not stand in it.
      inClauses(c.clauses, (inner) => isRow(inner) && belongs(inner), "a `for`", report);
    }
  }
}

function isRow({ kind }: AskClause): boolean {
  return ROWS.has(kind);
}

function refuse(c: AskClause, name: string, report: Report): void {
  const word = sure(/^[a-z]+/.exec(c.source.text.slice(c.start, c.end))?.[0]);
  const place = spanOf(c.source, c.start, c.start + word.length);
  at(report, "P1001", place, { found: `\`${word}\``, expected: `a clause of ${name}` });
}
