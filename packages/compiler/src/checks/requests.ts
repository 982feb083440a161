/** P2002 and P2003 of the clauses of actions, of those above all that are HTTP requests. */
import { diagnostic } from "../diagnostics/report.ts";
import { ACTION_TIMEOUT_MAX_MS } from "../flow/action.ts";
import type { ActionClause, ActionDecl, Expr, TextExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { plainText } from "../types/length.ts";
import { at, type Checked, type Report } from "./program.ts";
import { visitExpr } from "./visit-expr.ts";

export function actionsAreComplete(program: Checked, report: Report): void {
  for (const action of program.names.actions.values()) {
    const says = (span: Span, sentence: string): void => at(report, "P2003", span, { problem: "says", sentence });
    onceEach(action, report);
    timeout(action, says);
    const http = action.clauses.find((c) => c.kind === "Http");
    if (!http) {
      for (const clause of action.clauses) {
        const word = WORDS[clause.kind];
        if (word)
          says(clause, `\`${word}\` belongs to a request, and this action has none (\`GET\`, \`POST\` or \`PUT\`)`);
      }
      continue;
    }
    parts(action, http.method, says);
    address(program, http.url, says);
    for (const clause of action.clauses) {
      if (clause.kind === "HttpHeader") header(clause, says);
      for (const expr of exprsOf(clause)) ownValues(program, expr, says);
    }
  }
}

type Says = (span: Span, sentence: string) => void;
type ClauseOf<K extends ActionClause["kind"]> = Extract<ActionClause, { kind: K }>;

const WORDS: Readonly<Partial<Record<ActionClause["kind"], string>>> = {
  HttpHeader: "header",
  HttpBody: "body",
  HttpResult: "result",
};

/** Clauses that an action has once, headers by their names. */
function onceEach({ clauses }: ActionDecl, report: Report): void {
  const seen = new Map<string, Span>();
  for (const clause of clauses) {
    const key = clause.kind === "HttpHeader" ? `header ${plainText(clause.name).toLowerCase()}` : NAMED[clause.kind];
    const first = key === undefined ? undefined : seen.get(key);
    if (key === undefined) continue;
    if (!first) seen.set(key, clause);
    else {
      const name = clause.kind === "HttpHeader" ? plainText(clause.name) : key;
      const what = clause.kind === "HttpHeader" ? "header" : "clause";
      const related = [{ span: first, message: `\`${name}\` stands here first` }];
      report(diagnostic("P2002", clause, { what, name }, { related }));
    }
  }
}

const NAMED: Readonly<Partial<Record<ActionClause["kind"], string>>> = {
  Timeout: "timeout",
  Http: "request",
  HttpBody: "body",
  HttpResult: "result",
};

function timeout({ clauses }: ActionDecl, says: Says): void {
  for (const clause of clauses) {
    if (clause.kind !== "Timeout") continue;
    const { value } = clause.duration;
    if (value === 0) says(clause.duration, "no action is done in no time");
    else if (value > ACTION_TIMEOUT_MAX_MS)
      says(clause.duration, "the longest time-out of an action is 60s: a user waits for it");
  }
}

function parts({ clauses, result }: ActionDecl, method: string, says: Says): void {
  for (const clause of clauses) {
    if (clause.kind === "Infallible") says(clause, "a request can fail, so its action is not `infallible`");
    else if (clause.kind === "HttpBody" && method === "GET") says(clause, "a `GET` request has no body");
    else if (clause.kind === "HttpResult" && !result) {
      says(clause, "`result` says where the result is, and the action declares none (`-> TYPE`)");
    }
  }
}

/** Where a request goes is the author's or the operator's to say, never a user's. */
function address({ names }: Checked, url: TextExpr, says: Says): void {
  const [first, second] = url.parts;
  if (first === undefined) return says(url, "a request needs an address");
  if (typeof first !== "string") {
    const { value } = first;
    const root = value.kind === "FieldExpr" && value.of.kind === "NameExpr" ? names.refs.get(value.of) : undefined;
    if (root?.kind !== "root" || root.name !== "env") {
      return says(
        first,
        "the address of a request begins with `https://` and a host that is written out, or with `{env.NAME}`",
      );
    }
    if (second !== undefined && (typeof second !== "string" || !/^[/?]/.test(second))) {
      says(url, "behind a base address from `env` a request goes on with `/` or `?`");
    }
    return;
  }
  // The whole host is written: what follows it begins the path or the query.
  const host = /^https?:\/\/[^\s/?#@\\]+(?<end>[/?#]|$)/i.exec(first);
  if (!host) return says(url, "the address of a request begins with `https://` and a host, or with `{env.NAME}`");
  if (host[0].length === first.length && host.groups?.["end"] === "" && second !== undefined) {
    return says(url, "a value cannot be a part of the host that a request goes to");
  }
  if (URL_FORM.test(first)) says(url, "a path of a request has no `.` or `..` in it");
}

const URL_FORM = /^[a-z]+:\/\/[^?#]*\/\.{1,2}(?:[/?#]|$)/i;

/** Headers that the connection itself decides, and those that we send. */
const OURS: readonly string[] = ["host", "content-length", "transfer-encoding", "connection", "idempotency-key"];

function header({ name, value }: ClauseOf<"HttpHeader">, says: Says): void {
  const text = plainText(name);
  if (name.parts.some((part) => typeof part !== "string") || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(text)) {
    says(name, "the name of a header is a word without holes, such as `Authorization`");
  } else if (OURS.includes(text.toLowerCase())) says(name, `the header \`${text}\` is set for every request`);
  const bad = value.parts.some((part) => typeof part === "string" && /[^\t\x20-\x7e\x80-\xff]/.test(part));
  if (bad) says(value, "a header has no line breaks and no characters beyond Latin-1");
}

function exprsOf(clause: ActionClause): readonly Expr[] {
  switch (clause.kind) {
    case "Http":
      return [clause.url];
    case "HttpHeader":
      return [clause.value];
    case "HttpBody":
      return [clause.value];
    default:
      return [];
  }
}

/** A request knows its parameters and `env`: it is made outside of the conversation. */
function ownValues({ names }: Checked, expr: Expr, says: Says): void {
  visitExpr(expr, (inner) => {
    const referent = inner.kind === "NameExpr" ? names.refs.get(inner) : undefined;
    if (referent?.kind !== "root" || referent.name === "env") return;
    says(
      inner,
      `a request does not see \`${referent.name}\`, only its parameters and \`env\`: hand it over as a parameter`,
    );
  });
}
