/** The one table of features: a request, what is announced for it, and the function that answers it. */
import type {
  CallHierarchyIncomingCallsParams,
  CallHierarchyOutgoingCallsParams,
  CodeActionParams,
  CompletionItem,
  DocumentOnTypeFormattingParams,
  ReferenceParams,
  RenameFilesParams,
  RenameParams,
  SelectionRangeParams,
  SemanticTokensDeltaParams,
  WorkspaceSymbolParams,
} from "vscode-languageserver";
import { atDataPlace, atPlace, type Feature, feature, inData, inFile, overRange } from "./feature.ts";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "./features/call-hierarchy.ts";
import { codeLenses } from "./features/code-lens.ts";
import { complete } from "./features/completion/complete.ts";
import { forClient } from "./features/completion/for-client.ts";
import { resolveCompletion } from "./features/completion/resolve.ts";
import { completeLocale, hoverLocale } from "./features/data/locale-file.ts";
import { completeProject, hoverProject } from "./features/data/project-file.ts";
import {
  projectDefinition,
  projectReferences,
  settingDefinition,
  settingReferences,
} from "./features/data/setting-names.ts";
import {
  prepareProjectRename,
  prepareSettingRename,
  renameFromProject,
  renameSetting,
} from "./features/data/setting-rename.ts";
import { dataFolds, dataSelection, dataSymbols } from "./features/data/yaml-places.ts";
import {
  definition,
  documentHighlight,
  localeDefinition,
  localeReferences,
  references,
  typeDefinition,
} from "./features/definition.ts";
import { formatting, onTypeFormatting, rangeFormatting } from "./features/formatting.ts";
import { drawsHtml, hover } from "./features/hover/hover.ts";
import { HINTS, inlayHints } from "./features/inlay-hints.ts";
import { linkedEditing } from "./features/linked-editing.ts";
import { documentLinks, projectLinks } from "./features/links.ts";
import { documentSymbols, workspaceSymbols } from "./features/outline.ts";
import { foldingRanges, selectionRange } from "./features/ranges.ts";
import { refactorings } from "./features/refactor/refactor.ts";
import { missingTranslations } from "./features/refactor/to-locales.ts";
import { prepareLocaleRename, prepareRename, rename, renameFromLocale } from "./features/rename.ts";
import { renamedFiles } from "./features/renamed-files.ts";
import { LEGEND, semanticTokens } from "./features/semantic-tokens.ts";
import { signatureHelp } from "./features/signature-help.ts";
import { changedTokens, rememberedTokens } from "./features/token-deltas.ts";
import { offsetAt } from "./positions.ts";

export const FEATURES: readonly Feature[] = [
  // Write
  atPlace(
    "textDocument/completion",
    { completionProvider: { triggerCharacters: ["{", ".", "$", "(", " ", ">"], resolveProvider: true } },
    (view, file, offset, _, { client }) => forClient(complete(view, file, offset), client),
  ),
  atDataPlace("textDocument/completion", {}, (view, source, offset) =>
    source === view.project ? completeProject(source, offset) : completeLocale(view, source, offset),
  ),
  feature<CompletionItem>("completionItem/resolve", {}, ({ docs }, item) => resolveCompletion(item, docs)),
  atPlace("textDocument/hover", { hoverProvider: true }, (view, file, offset, _, context) =>
    hover(view, file, offset, { docs: context.docs, html: drawsHtml(context.client) }),
  ),
  atDataPlace("textDocument/hover", {}, (view, source, offset) =>
    source === view.project ? hoverProject(source, offset) : hoverLocale(view, source, offset),
  ),
  atPlace(
    "textDocument/signatureHelp",
    { signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: [")"] } },
    (view, file, offset, _, { docs }) => signatureHelp(view, file, offset, docs),
  ),
  overRange("textDocument/inlayHint", { inlayHintProvider: true }, (view, file, start, end, _, { hints }) =>
    inlayHints(view, file, start, end, { ...HINTS, ...hints }),
  ),
  overRange<CodeActionParams>(
    "textDocument/codeAction",
    { codeActionProvider: { codeActionKinds: ["quickfix", "refactor"] } },
    (view, file, start, end, { context }) => refactorings(view, file, start, end, context.only),
  ),
  inData<CodeActionParams>("textDocument/codeAction", {}, missingTranslations),
  // Navigate
  atPlace("textDocument/definition", { definitionProvider: true }, definition),
  atPlace("textDocument/definition", {}, settingDefinition),
  atDataPlace("textDocument/definition", {}, localeDefinition),
  atDataPlace("textDocument/definition", {}, projectDefinition),
  atPlace("textDocument/typeDefinition", { typeDefinitionProvider: true }, typeDefinition),
  atPlace<ReferenceParams>("textDocument/references", { referencesProvider: true }, (view, file, offset, { context }) =>
    references(view, file, offset, context.includeDeclaration),
  ),
  atDataPlace<ReferenceParams>("textDocument/references", {}, (view, source, offset, { context }) =>
    localeReferences(view, source, offset, context.includeDeclaration),
  ),
  atPlace<ReferenceParams>("textDocument/references", {}, (view, file, offset, { context }) =>
    settingReferences(view, file, offset, context.includeDeclaration),
  ),
  atDataPlace<ReferenceParams>("textDocument/references", {}, (view, source, offset, { context }) =>
    projectReferences(view, source, offset, context.includeDeclaration),
  ),
  atPlace("textDocument/documentHighlight", { documentHighlightProvider: true }, documentHighlight),
  atPlace("textDocument/prepareRename", { renameProvider: { prepareProvider: true } }, prepareRename),
  atPlace<RenameParams>("textDocument/rename", {}, (view, file, offset, { newName }, { client }) =>
    rename(view, file, offset, newName, {
      annotations: client.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    }),
  ),
  atDataPlace("textDocument/prepareRename", {}, prepareLocaleRename),
  atDataPlace<RenameParams>("textDocument/rename", {}, (view, source, offset, { newName }, { client }) =>
    renameFromLocale(view, source, offset, newName, {
      annotations: client.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    }),
  ),
  atPlace("textDocument/prepareRename", {}, prepareSettingRename),
  atPlace<RenameParams>("textDocument/rename", {}, (view, file, offset, { newName }) =>
    renameSetting(view, file, offset, newName),
  ),
  atDataPlace("textDocument/prepareRename", {}, prepareProjectRename),
  atDataPlace<RenameParams>("textDocument/rename", {}, (view, source, offset, { newName }) =>
    renameFromProject(view, source, offset, newName),
  ),
  atPlace("textDocument/linkedEditingRange", { linkedEditingRangeProvider: true }, linkedEditing),
  inFile("textDocument/documentSymbol", { documentSymbolProvider: true }, (_, file) => documentSymbols(file)),
  inData("textDocument/documentSymbol", {}, (_, source) => dataSymbols(source)),
  feature<WorkspaceSymbolParams>("workspace/symbol", { workspaceSymbolProvider: true }, ({ views }, { query }) =>
    views().flatMap((view) => workspaceSymbols(view, query)),
  ),
  atPlace("textDocument/prepareCallHierarchy", { callHierarchyProvider: true }, prepareCallHierarchy),
  feature<CallHierarchyIncomingCallsParams>("callHierarchy/incomingCalls", {}, ({ viewOf }, { item }) => {
    const view = viewOf(item.uri);
    return view && incomingCalls(view, item);
  }),
  feature<CallHierarchyOutgoingCallsParams>("callHierarchy/outgoingCalls", {}, ({ viewOf }, { item }) => {
    const view = viewOf(item.uri);
    return view && outgoingCalls(view, item);
  }),
  inFile("textDocument/codeLens", { codeLensProvider: {} }, (view, file, _, { commands }) =>
    codeLenses(view, file, commands ?? []),
  ),
  inFile("textDocument/foldingRange", { foldingRangeProvider: true }, (_, file) => foldingRanges(file)),
  inData("textDocument/foldingRange", {}, (_, source) => dataFolds(source)),
  inFile<SelectionRangeParams>(
    "textDocument/selectionRange",
    { selectionRangeProvider: true },
    (_, file, { positions }) => positions.map((position) => selectionRange(file, offsetAt(file.source, position))),
  ),
  inData<SelectionRangeParams>("textDocument/selectionRange", {}, (_, source, { positions }) =>
    positions.map((position) => dataSelection(source, offsetAt(source, position))),
  ),
  inFile(
    "textDocument/semanticTokens/full",
    { semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true } },
    (view, file, { textDocument }, context) => rememberedTokens(context, textDocument.uri, semanticTokens(view, file)),
  ),
  inFile<SemanticTokensDeltaParams>(
    "textDocument/semanticTokens/full/delta",
    {},
    (view, file, { textDocument, previousResultId }, context) =>
      changedTokens(context, textDocument.uri, previousResultId, semanticTokens(view, file)),
  ),
  overRange("textDocument/semanticTokens/range", {}, (view, file, start, end) =>
    semanticTokens(view, file, start, end),
  ),
  inFile("textDocument/documentLink", { documentLinkProvider: {} }, (_, file, __, { docs }) =>
    documentLinks(file.source, docs),
  ),
  inData("textDocument/documentLink", {}, (view, source, _, { docs }) => projectLinks(view, source, docs)),
  feature<RenameFilesParams>("workspace/willRenameFiles", {}, ({ views }, { files }) => renamedFiles(views(), files)),
  // Check
  inFile("textDocument/formatting", { documentFormattingProvider: true }, (_, file) => formatting(file)),
  overRange("textDocument/rangeFormatting", { documentRangeFormattingProvider: true }, (_, file, start, end) =>
    rangeFormatting(file, start, end),
  ),
  atPlace<DocumentOnTypeFormattingParams>(
    "textDocument/onTypeFormatting",
    { documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] } },
    (_, file, offset, { ch }) => onTypeFormatting(file, offset, ch),
  ),
];
