/** Actions that are HTTP requests. */
import { type HttpDef, type Template, withoutLabels } from "@parley/machine";
import type { ActionDecl, TextExpr } from "../syntax/ast.ts";
import { literalText, lowerExpr, lowerTemplate } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";

export function lowerHttp(l: Lowering, { clauses }: ActionDecl): { readonly http?: HttpDef } {
  const request = clauses.find((c) => c.kind === "Http");
  if (!request) return {};
  const body = clauses.find((c) => c.kind === "HttpBody");
  const result = clauses.find((c) => c.kind === "HttpResult");
  const http: HttpDef = {
    method: request.method,
    url: plain(l, request.url),
    headers: clauses
      .filter((c) => c.kind === "HttpHeader")
      .map(({ name, value }) => ({ name: literalText(name), value: plain(l, value) })),
    ...(body ? { body: withoutLabels(lowerExpr(l, body.value)) } : {}),
    result: result ? result.path.steps.map((step) => (step.kind === "Name" ? step.text : step.value)) : [],
  };
  return { http };
}

/** Enums by their names: a request knows no language. */
function plain(l: Lowering, text: TextExpr): Template {
  return lowerTemplate(l, text).map((part) =>
    typeof part === "string"
      ? part
      : { ...part, e: withoutLabels(part.e), as: typeof part.as === "object" ? "text" : part.as },
  );
}
