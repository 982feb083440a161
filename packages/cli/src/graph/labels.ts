/** The words in a drawing. */
import { type FlowEdge, type FlowNode, type Syntax, showTime, spanText } from "@parley/compiler";

/** Why a way is taken. */
export interface Label {
  readonly kind: string;
  readonly text: string;
}

const MOST = 44;

/** What a box says of a node; most say nothing. */
export function boxLine(what: FlowNode["what"]): string | undefined {
  switch (what.kind) {
    case "ask":
      return askText(what.syntax);
    case "handoff":
      return `handoff ${quoted(what.syntax.queue)}`;
    case "wait":
      return `wait ${clip(spanText(what.syntax.time))}`;
    default:
      return undefined;
  }
}

/** What a message says, as far as it is a text of the bot's own. */
export function messageText(what: FlowNode["what"]): string | undefined {
  if (what.kind !== "message") return undefined;
  const { syntax } = what;
  if (syntax.kind === "Say") return quoted(syntax.body);
  if (syntax.kind === "React") return undefined;
  return syntax.what.kind === "SendTemplate"
    ? `template ${syntax.what.name.text}`
    : `send ${clip(spanText(syntax.what))}`;
}

function askText({ label, ask, body, template }: Syntax.Ask): string {
  const kind = ask === "auto" ? "" : `${ask} `;
  const name = label ? `${label.name.text}: ` : "";
  return `ask ${kind}${name}${template ? template.name.text : body ? quoted(body) : ""}`.trimEnd();
}

export function triggerText({ anytime, on }: Syntax.Trigger): string {
  const named =
    on.kind === "OnEvent" || on.kind === "OnScheduled"
      ? `${on.kind === "OnEvent" ? "event" : "scheduled"} ${on.name.text}`
      : spanText(on);
  return `${anytime ? "anytime " : ""}${clip(named.replace(/^on\s+/, ""))}`;
}

/**
 * What a way is taken for once it goes over this edge. Of all that is decided on the way the first and the last thing stay:
 * the answer of the user, and what became of it.
 */
export function causeText(node: FlowNode, edge: FlowEdge, before: Label | undefined): Label | undefined {
  const text = wordsOf(node, edge);
  if (text === undefined) return before;
  // That there was an answer says nothing once there is something to say of it.
  if (!before || before.text === ANSWER) return { kind: edge.cause.kind, text };
  const [first = ""] = before.text.split(SEPARATOR);
  return { kind: before.kind, text: `${first}${SEPARATOR}${text}` };
}

const SEPARATOR = " · ";
const ANSWER = "answer";

/** Of an edge that is taken without a decision: nothing. */
function wordsOf({ what }: FlowNode, { cause, span }: FlowEdge): string | undefined {
  switch (cause.kind) {
    case "option":
      return cause.name === "" ? rowText(what, span) : cause.name;
    case "case":
      return cause.name;
    case "typed":
      return what.kind === "ask" && what.syntax.clauses.some((c) => c === span) ? "text" : ANSWER;
    case "wrong":
      return "else";
    case "empty":
      return "empty";
    case "after":
      return `after ${showTime(cause.ms)}`;
    case "failed":
      return what.kind === "action" ? `${what.action.name.text} fails` : "fails";
    case "then":
      return `if ${clip(spanText(span))}`;
    case "otherwise":
      return `unless ${clip(spanText(span))}`;
    case "back":
      return `back after ${clip(spanText(span))}`;
    case "scheduled":
      return `scheduled ${cause.name}`;
    case "call":
      return "call";
    default:
      return undefined;
  }
}

/** Of an option whose id is only known at run time: the id as it is written. */
function rowText(what: FlowNode["what"], span: object): string {
  const option = what.kind === "ask" ? optionIn(what.syntax.clauses, span) : undefined;
  return option ? `{${clip(spanText(option.id))}}` : "row";
}

function optionIn(clauses: readonly Syntax.AskClause[], span: object): Syntax.Option | undefined {
  for (const clause of clauses) {
    if (clause.kind === "Option" && clause === span) return clause;
    const inner = clause.kind === "Section" || clause.kind === "ForRows" ? optionIn(clause.clauses, span) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

function quoted(text: Syntax.TextExpr): string {
  const parts = text.parts.map((part) => (typeof part === "string" ? part : `{${spanText(part.value)}}`));
  return `"${clip(parts.join(""))}"`;
}

function clip(text: string): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  return characters.length <= MOST ? characters.join("") : `${characters.slice(0, MOST - 1).join("")}…`;
}
