/** New names for everything that a project names, in flows, tests and translations; what is published keeps its old name. */
import { isReserved, type Source, type Span, type Syntax } from "@parley/compiler";
import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  Range,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { type Node, pathAt } from "../at.ts";
import { type Described, describe } from "../described.ts";
import { localeKeyAt } from "../locale-keys.ts";
import { occurrences } from "../occurrences.ts";
import { toRange } from "../positions.ts";
import { Refusal } from "../refusal.ts";
import { type Found, foundAt, type Key } from "../symbols.ts";
import { uriOf, type View } from "../view.ts";
import { nameTaken } from "./rename/taken.ts";

export interface Renamable {
  readonly range: Range;
  readonly placeholder: string;
}

export function prepareRename(view: View, file: Syntax.File, offset: number): Renamable | undefined {
  const found = foundAt(view, file, offset);
  if (!found) return undefined;
  const described = renamable(view, found.keys);
  return { range: toRange(found.span), placeholder: described.name };
}

/** From a key of a locale file. */
export function prepareLocaleRename(view: View, source: Source, offset: number): Renamable | undefined {
  const part = localeKeyAt(view, source, offset);
  return part && { range: toRange(part.span), placeholder: renamable(view, [part.key]).name };
}

export function renameFromLocale(
  view: View,
  source: Source,
  offset: number,
  to: string,
  options: RenameOptions = {},
): WorkspaceEdit | undefined {
  const part = localeKeyAt(view, source, offset);
  return part && renamed(view, renamable(view, [part.key]), to, options);
}

/** Throws a `Refusal` for what has no name of its own or whose name is not this project's. */
function renamable(view: View, keys: readonly Key[]): Described {
  const [key] = keys;
  const described = key === undefined ? undefined : describe(view, key);
  if (!described || described.kind === "profile" || described.name === "") {
    throw new Refusal("this name cannot be changed");
  }
  if (keys.length > 1)
    throw new Refusal(`several asks have an option \`${described.name}\`: rename it where it stands`);
  if (described.whole.source.library) {
    throw new Refusal(`\`${described.name}\` belongs to a library: ${described.whole.source.path}`);
  }
  if (described.path.some((node) => node.kind === "TemplateDecl" && (node as Node & Syntax.TemplateDecl).listed)) {
    throw new Refusal(`\`${described.name}\` is the name under which WhatsApp approved the template`);
  }
  return described;
}

export interface RenameOptions {
  /** Whether the client takes edits with annotations. */
  readonly annotations?: boolean;
}

export function rename(
  view: View,
  file: Syntax.File,
  offset: number,
  to: string,
  options: RenameOptions = {},
): WorkspaceEdit | undefined {
  const found: Found | undefined = foundAt(view, file, offset);
  if (!found) return undefined;
  return renamed(view, renamable(view, found.keys), to, options);
}

function renamed(view: View, described: Described, to: string, { annotations }: RenameOptions): WorkspaceEdit {
  if (to === described.name) return { documentChanges: [] };
  refuseInvalid(described, to);
  const taken = nameTaken(view, described, to);
  if (taken !== undefined) throw new Refusal(taken);
  return workspaceEdit(view, changesOf(view, described, to), annotations ?? false);
}

/** Cases, options and fields may be any word; all else is no reserved one. */
function refuseInvalid({ kind }: Described, to: string): void {
  if (!/^[A-Za-z_]\w*$/.test(to)) throw new Refusal(`\`${to}\` is no name: letters, digits and \`_\`, no digit first`);
  if (to === "__proto__") throw new Refusal("nothing is called `__proto__`");
  const anyWord =
    kind === "case" || kind === "option" || kind === "templateOption" || kind === "field" || kind === "profileField";
  if (!anyWord && isReserved(to)) throw new Refusal(`\`${to}\` is a word of the language`);
  if ((kind === "state" || kind === "flow") && (to === "end" || to === "resume")) {
    throw new Refusal(`no ${kind} is called \`${to}\`: arrows mean something else by it`);
  }
  if (VARIABLES.has(kind) && to === "text") throw new Refusal("no variable is called `text`");
}

const VARIABLES: ReadonlySet<Described["kind"]> = new Set(["variable", "parameter", "let", "row", "item"]);

type Note = "tests" | "translations" | "unsure" | "was";

interface Change {
  readonly span: Span;
  readonly text: string;
  readonly note: Note | undefined;
}

const NOTES: Readonly<Record<Note, ChangeAnnotation>> = {
  tests: { label: "Tests" },
  translations: { label: "Translations" },
  unsure: { label: "May be another option of this name", needsConfirmation: true },
  was: { label: "Old name", description: "conversations under way and buttons already on phones follow" },
};

function changesOf(view: View, described: Described, to: string): readonly Change[] {
  const { key, was } = described;
  const changes: Change[] = [];
  for (const { span, unsure } of occurrences(view, key)) {
    const note = unsure ? "unsure" : span.source.path.endsWith(".flow") ? noteIn(view, span) : "translations";
    changes.push({ span, text: to, note });
    const option = optionAt(view, span, key);
    if (option) changes.push(keepOld(described.name, span, option.was, to));
  }
  const [place] = described.places;
  if (was && place) changes.push(keepOld(described.name, place, was, to));
  return changes;
}

/** An option that stands for a case or a button of a template has old names of its own. */
function optionAt(view: View, span: Span, key: Key): Syntax.Option | undefined {
  const file = view.compilation.files.find(({ source }) => source.path === span.source.path);
  const option = file && pathAt(file, span.start).at(-2);
  return option?.kind === "Option" && option !== key ? (option as Node & Syntax.Option) : undefined;
}

/** The name of until now is remembered, once; the new one is no old one any more. */
function keepOld(name: string, at: Span, was: Syntax.Was, to: string): Change {
  const olds = [...new Set([name, ...was.map(({ text }) => text)])].filter((old) => old !== to).join(", ");
  const [first] = was;
  const last = was.at(-1);
  if (first && last) return { span: { source: at.source, start: first.start, end: last.end }, text: olds, note: "was" };
  return { span: { source: at.source, start: at.end, end: at.end }, text: ` was ${olds}`, note: "was" };
}

function noteIn(view: View, span: Span): Note | undefined {
  const file = view.compilation.files.find(({ source }) => source.path === span.source.path);
  return file?.declarations.some((d) => d.kind === "TestDecl" && d.start <= span.start && span.end <= d.end)
    ? "tests"
    : undefined;
}

function workspaceEdit(view: View, changes: readonly Change[], annotated: boolean): WorkspaceEdit {
  const byUri = new Map<string, (TextEdit | AnnotatedTextEdit)[]>();
  const notes: Record<string, ChangeAnnotation> = {};
  for (const { span, text, note } of changes) {
    const uri = uriOf(view, span.source);
    const edits = byUri.get(uri) ?? [];
    byUri.set(uri, edits);
    const edit = { range: toRange(span), newText: text };
    if (note && annotated) notes[note] = NOTES[note];
    edits.push(note && annotated ? { ...edit, annotationId: note } : edit);
  }
  const documentChanges = [...byUri].map(
    ([uri, edits]): TextDocumentEdit => ({ textDocument: { uri, version: null }, edits }),
  );
  return annotated ? { documentChanges, changeAnnotations: notes } : { documentChanges };
}
