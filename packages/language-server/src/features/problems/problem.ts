/** Findings as the protocol wants them. */
import { type Code, describe, type Diagnostic as Finding, reason } from "@parley/compiler";
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

/** What editors fade. */
const TAGS: Readonly<Partial<Record<Code, readonly DiagnosticTag[]>>> = {
  P5001: [UNNECESSARY],
  P5006: [UNNECESSARY],
  P5009: [UNNECESSARY],
  P4004: [UNNECESSARY],
  P7004: [UNNECESSARY],
};

export const SOURCE = "parley";

export function problemOf(view: View, found: Finding, page?: (code: Code) => string): Diagnostic {
  const tags = TAGS[found.code];
  return {
    range: toRange(found.span),
    severity: SEVERITY[found.severity],
    code: found.code,
    ...(page ? { codeDescription: { href: page(found.code) } } : {}),
    source: SOURCE,
    message: `${describe(found)}\n${reason(found)}`,
    ...(tags ? { tags: [...tags] } : {}),
    relatedInformation: found.related.map(({ span, message }) => ({ location: toLocation(view, span), message })),
  };
}
