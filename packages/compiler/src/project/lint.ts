import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Settings } from "./settings.ts";

/**
 * The diagnostics with the severities that the project asks for; those that are `off` are gone, and those of libraries that
 * are no errors.
 */
export function withSeverities(diagnostics: readonly Diagnostic[], lint: Settings["lint"]): readonly Diagnostic[] {
  return diagnostics
    .map((d) => ({ ...d, severity: lint[d.code] ?? d.severity }))
    .filter((d) => (d.span.source.library ? d.severity === "error" : d.severity !== "off"));
}
