/** Findings as the protocol wants them. */
import { CATALOG, type Code, describe, type Entry, type Diagnostic as Finding, reason } from "@parley/compiler";
import type { Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import { toLocation, toRange } from "../../positions.ts";
import type { View } from "../../view.ts";

const SEVERITY: Readonly<Record<Finding["severity"], DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  info: 3,
  // Those that are off do not get here.
  off: 4,
};

const UNNECESSARY: DiagnosticTag = 1;
const DEPRECATED: DiagnosticTag = 2;

export const SOURCE = "parley";

export function problemOf(view: View, found: Finding, page?: (code: Code) => string): Diagnostic {
  const { dead, gone }: Entry = CATALOG[found.code];
  const tags = [
    ...(dead?.(found.args as never) ? [UNNECESSARY] : []),
    ...(gone?.(found.args as never) ? [DEPRECATED] : []),
  ];
  return {
    range: toRange(found.span),
    severity: SEVERITY[found.severity],
    code: found.code,
    ...(page ? { codeDescription: { href: page(found.code) } } : {}),
    source: SOURCE,
    message: `${describe(found)}\n${reason(found)}`,
    ...(tags.length > 0 ? { tags } : {}),
    relatedInformation: found.related.map(({ span, message }) => ({ location: toLocation(view, span), message })),
  };
}
