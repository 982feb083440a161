export { type ArgsOf, CATALOG, type Code, type Entry, pageOf } from "./diagnostics/catalog.ts";
export type { Args, Diagnostic, Edit, Fix, Phase, Related, Severity } from "./diagnostics/diagnostic.ts";
export { describe, diagnostic, reason } from "./diagnostics/report.ts";
export { withSeverities } from "./project/lint.ts";
export { parseProject } from "./project/project.ts";
export { DEFAULT_SETTINGS, type Settings } from "./project/settings.ts";
export { lineStarts, type Position, positionAt, type Source, type Span, spanOf, spanText } from "./text/source.ts";
