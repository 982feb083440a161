export { BUILTIN_ENUMS, BUILTIN_TYPES, FUNCTION_NAMES, type FunctionName, ROOTS } from "./bind/builtins.ts";
export type { EventSymbol, FlowNames, Names, Referent, Root } from "./bind/names.ts";
export type { RuleFailure } from "./checks/index.ts";
export { type CountedText, type TextCount, textCounts } from "./checks/text-counts.ts";
export { buildFiles, type Compilation, compile, type Input, type Output } from "./compile.ts";
export { type ArgsOf, CATALOG, type Code, type Entry, pageOf } from "./diagnostics/catalog.ts";
export type { Args, Diagnostic, Edit, Fix, Phase, Related, Severity } from "./diagnostics/diagnostic.ts";
export { describe, diagnostic, reason } from "./diagnostics/report.ts";
export { payloadsOfFlow } from "./emit/flow-payloads.ts";
export type { MachineMap, MapPlace } from "./emit/map.ts";
export type { Payload } from "./emit/payloads.ts";
export type { BuildReport, LayoutReport, MessageReport } from "./emit/report.ts";
export { compareTemplates } from "./emit/template-comparison.ts";
export { type TemplateRequests, templateRequests } from "./emit/template-requests.ts";
export { type Ages, agesOf, type Step } from "./flow/ages.ts";
export { ALL, type Amounts, CATEGORIES, type Category, PRICE } from "./flow/amounts.ts";
export { type Bounds, costsOf, type FlowCost, type Loop, type Prices } from "./flow/cost.ts";
export type { Cause, Edge as FlowEdge, Exit, FlowGraph, Node as FlowNode, NodeId, NodeKind } from "./flow/graph.ts";
export { nodeAt, reachableFrom, rootsOf, waits } from "./flow/graph.ts";
export { showTime } from "./flow/time.ts";
export { openLimit, sendLimit } from "./flow/window.ts";
export { type Formatted, format, formatRange } from "./format/format.ts";
export { type Imported, importMessages } from "./import/import.ts";
export {
  type Entries,
  type Entry as FileEntry,
  type FileKind,
  type FileSystem,
  type Read,
  resolvePath,
  type Unread,
} from "./load/file-system.ts";
export { type LoadedProject, type OpenedProject, openProject, readProject } from "./load/load.ts";
export { localePath } from "./load/locale-path.ts";
export { type Found, isFlowName, isForeignText, isLeftOut, PROJECT_FILE, search } from "./load/search.ts";
export { type Extracted, extractLocale } from "./locales/extract.ts";
export type { Translatable } from "./locales/keys.ts";
export { builtinText, type Translations } from "./locales/translations.ts";
export { countryCodes } from "./project/countries.ts";
export { withSeverities } from "./project/lint.ts";
export { type LocaleFile, parseLocale } from "./project/locale-file.ts";
export { localeFileMissing, parseProject } from "./project/project.ts";
export { parseRates, priceRange, type Rates } from "./project/rates.ts";
export { PROJECT_SCHEMA, type Schema } from "./project/schema.ts";
export { DEFAULT_SETTINGS, type Settings } from "./project/settings.ts";
export { ASK_WORDS } from "./syntax/ask-words.ts";
export type * as Syntax from "./syntax/ast.ts";
export {
  type BlockKind,
  type Expected,
  type OpenBlock,
  type WritingPlace,
  type WrittenToken,
  writingPlace,
} from "./syntax/expected.ts";
export { parseTemplates, type TemplatesFile } from "./syntax/listed.ts";
export { parse } from "./syntax/parse.ts";
export { isReserved } from "./syntax/tokens.ts";
export { lineStarts, type Position, positionAt, type Source, type Span, spanOf, spanText } from "./text/source.ts";
export { BUILTINS } from "./types/builtins.ts";
export { fieldsOf } from "./types/fields.ts";
export { signatureOf } from "./types/functions.ts";
export { typeOfRoot } from "./types/known.ts";
export { type LayoutChoice, layoutOf } from "./types/layout.ts";
export { show as showType } from "./types/show.ts";
export type { FieldInfo, Type, Types } from "./types/type.ts";
export { createWorkspace, type Workspace } from "./workspace.ts";
