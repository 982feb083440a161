/**
 * Where each text that a user sees stands in a locale file. What has an identity (an ask, a named message) is an entry with
 * a key for each of its texts; all else stands below `texts:` of its state, or of the flow for the flow's own clauses, under
 * its text in the default language. Every text has exactly one place; two equal ones of a state share theirs.
 */
import { BUILTIN_ENUMS, type BuiltinEnum } from "../bind/builtins.ts";
import type { Names } from "../bind/names.ts";
import type {
  Arm,
  Ask,
  AskClause,
  Block,
  ElseClause,
  EnumCase,
  FlowDecl,
  HeaderClause,
  Hole,
  Option,
  Say,
  SendKind,
  Statement,
  TemplateDecl,
  TextExpr,
} from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { builtinWord, type Word } from "./builtin-words.ts";
import { sourceText } from "./source-text.ts";

/** Entries beside those of asks, messages, states and flows. */
export const TYPES = "types";
export const TEMPLATES = "templates";
export const BUILTIN = "builtin";

const WORD_NAMES: readonly Word[] = ["open", "more", "numbered", "error"];

export interface TextPlace {
  readonly entry: string;
  readonly name: string;
  /** Below `texts:` of the entry. */
  readonly inTexts: boolean;
}

/** One text to translate. */
export interface Translatable extends TextPlace {
  /** The places of the program that say it; more than one where equal texts share a translation. */
  readonly texts: readonly TextExpr[];
  /** As locale files write it; the name of a case that has no label. */
  readonly source: string;
  readonly holes: readonly Hole[];
  /** Of it a finding can say where it stands. */
  readonly span: Span | undefined;
  /** Where it is missing nothing is amiss: there is no word in it, or it need not be there. */
  readonly optional: boolean;
  readonly of:
    | { readonly kind: "text" }
    | { readonly kind: "case"; readonly enumCase: EnumCase }
    | { readonly kind: "short"; readonly option: Option }
    | { readonly kind: "template"; readonly decl: TemplateDecl }
    | { readonly kind: "builtin" };
}

export function placeKey({ entry, name, inTexts }: TextPlace): string {
  return `${entry}\n${inTexts ? "texts\n" : ""}${name}`;
}

export type Catalogue = ReadonlyMap<string, Translatable>;

/** All that can be translated, in written order, by `placeKey`. */
export function translatables(names: Names): Catalogue {
  const walk: Walk = { names, found: new Map() };
  for (const flow of names.inFlow.keys()) ofFlow(walk, flow);
  for (const [name, type] of names.types) {
    for (const enumCase of type.cases) ofCase(walk, name, enumCase);
  }
  for (const type of Object.keys(BUILTIN_ENUMS) as BuiltinEnum[]) {
    for (const name of BUILTIN_ENUMS[type]) optionalWord(walk, TYPES, `${type}.${name}`, name);
  }
  for (const decl of names.templates.values()) ofTemplate(walk, decl);
  for (const word of WORD_NAMES) optionalWord(walk, BUILTIN, word, builtinWord("en", word));
  return walk.found;
}

interface Walk {
  readonly names: Names;
  readonly found: Map<string, Translatable>;
}

// ---------------------------------------------------------------- places

function keep(walk: Walk, text: Translatable): void {
  const key = placeKey(text);
  const known = walk.found.get(key);
  // Two things of one name are an error of the program; the first has the place.
  if (!known) walk.found.set(key, text);
  else if (text.inTexts) walk.found.set(key, { ...known, texts: [...known.texts, ...text.texts] });
}

function named(walk: Walk, entry: string, name: string, text: TextExpr | undefined): void {
  if (text) keep(walk, { ...textAt(text), entry, name, inTexts: false, of: { kind: "text" } });
}

/** A text without an identity, under what it says. */
function unnamed(walk: Walk, entry: string, text: TextExpr | undefined): void {
  if (!text) return;
  const at = textAt(text);
  if (at.source === "") return;
  keep(walk, { ...at, entry, name: at.source, inTexts: true, of: { kind: "text" } });
}

function textAt(text: TextExpr): Pick<Translatable, "texts" | "source" | "holes" | "span" | "optional"> {
  return {
    texts: [text],
    source: sourceText(text),
    holes: text.parts.filter((part) => typeof part !== "string"),
    span: text,
    optional: !text.parts.some((part) => typeof part === "string" && /\p{L}/u.test(part)),
  };
}

function optionalWord(walk: Walk, entry: string, name: string, source: string): void {
  const of = { kind: "builtin" } as const;
  keep(walk, { entry, name, inTexts: false, texts: [], source, holes: [], span: undefined, optional: true, of });
}

// ---------------------------------------------------------------- declarations

function ofCase(walk: Walk, type: string, enumCase: EnumCase): void {
  const { label, name } = enumCase;
  const at = label
    ? textAt(label)
    : { texts: [], source: name.text, holes: [], span: name, optional: !/\p{L}/u.test(name.text) };
  keep(walk, { ...at, entry: TYPES, name: `${type}.${name.text}`, inTexts: false, of: { kind: "case", enumCase } });
}

/** A template that was approved elsewhere brings its texts in all its languages. */
function ofTemplate(walk: Walk, decl: TemplateDecl): void {
  if (decl.listed) return;
  const of = { kind: "template", decl } as const;
  const add = (part: string, text: TextExpr): void =>
    keep(walk, { ...textAt(text), entry: TEMPLATES, name: `${decl.name.text}.${part}`, inTexts: false, of });
  let links = 0;
  for (const c of decl.clauses) {
    const header = c.kind === "HeaderClause" ? headerText(c) : undefined;
    if (header) add("header", header);
    else if (c.kind === "BodyClause") add("body", c.text);
    else if (c.kind === "FooterClause") add("footer", c.text);
    else if (c.kind === "TemplateOption" && c.title) add(`option.${c.name.text}`, c.title);
    else if (c.kind === "LinkClause") add(++links === 1 ? "link" : `link${links}`, c.title);
  }
}

function ofFlow(walk: Walk, flow: FlowDecl): void {
  const owner = flow.name.text;
  for (const clause of flow.elses) ofElse(walk, owner, owner, clause);
  for (const clause of flow.afters) inArm(walk, owner, clause.arm);
  for (const state of flow.states) inBlock(walk, `${owner}.${state.name.text}`, state.body);
}

// ---------------------------------------------------------------- statements

function inBlock(walk: Walk, state: string, block: Block): void {
  for (const statement of block.statements) inStatement(walk, state, statement);
}

function inArm(walk: Walk, state: string, arm: Arm | undefined): void {
  if (arm?.kind === "Block") inBlock(walk, state, arm);
}

// One case for each kind of statement.
function inStatement(walk: Walk, state: string, s: Statement): void {
  switch (s.kind) {
    case "Say":
      return ofSay(walk, state, s);
    case "Send":
      return ofSend(walk, state, s.what);
    case "Ask":
      return ofAsk(walk, state, s);
    case "Let":
    case "Set":
    case "Do":
      return inArm(walk, state, s.orElse);
    case "If":
      inBlock(walk, state, s.then);
      if (s.orElse?.kind === "If") inStatement(walk, state, s.orElse);
      else inArm(walk, state, s.orElse);
      return;
    case "Match":
      for (const arm of s.arms) inArm(walk, state, arm.arm);
      return;
    case "Handoff":
      // The queue's name is for the people who take over.
      return inArm(walk, state, s.back?.arm);
    case "React":
    case "Schedule":
    case "Cancel":
    case "Wait":
    case "Call":
    case "Arrow":
    case "Return":
    case "Typing":
    case "Forget":
    case "InvalidStatement":
  }
}

function ofSay(walk: Walk, state: string, say: Say): void {
  const id = say.label && walk.names.ids.get(say);
  const add = (name: string, text: TextExpr | undefined): void =>
    id === undefined ? unnamed(walk, state, text) : named(walk, id, name, text);
  add("body", say.body);
  for (const c of say.clauses) {
    if (c.kind === "HeaderClause") add("header", headerText(c));
    else if (c.kind === "FooterClause") add("footer", c.text);
    else if (c.kind === "LinkClause") add("link", c.title);
  }
}

function headerText(clause: HeaderClause): TextExpr | undefined {
  return clause.media === "text" && clause.value.kind === "TextExpr" ? clause.value : undefined;
}

// One case for each kind of message.
function ofSend(walk: Walk, state: string, what: SendKind): void {
  const add = (text: TextExpr | undefined): void => unnamed(walk, state, text);
  switch (what.kind) {
    case "SendMedia":
      add(what.caption);
      return add(what.name);
    case "SendLocation":
      add(what.name);
      return add(what.address);
    case "SendProduct":
    case "SendCatalog":
      return add(what.body);
    case "SendProducts":
      add(what.body);
      for (const clause of what.clauses) inClause(walk, state, undefined, clause);
      return;
    case "SendCarousel":
      add(what.body);
      for (const card of what.cards) {
        add(card.body);
        for (const link of card.links) add(link.title);
      }
      return;
    case "SendContact":
    case "SendTemplate":
    case "SendInvalid":
  }
}

// ---------------------------------------------------------------- asks

function ofAsk(walk: Walk, state: string, ask: Ask): void {
  const id = walk.names.ids.get(ask);
  if (id === undefined) return;
  named(walk, id, "body", ask.body);
  for (const clause of ask.clauses) inClause(walk, state, id, clause);
}

/** `id`: of the ask; messages that are not waited at have none. */
// One case for each kind of clause.
function inClause(walk: Walk, state: string, id: string | undefined, c: AskClause): void {
  const add = (name: string, text: TextExpr | undefined): void =>
    id === undefined ? unnamed(walk, state, text) : named(walk, id, name, text);
  switch (c.kind) {
    case "Option":
      ofOption(walk, state, id, c);
      return inArm(walk, state, c.arm);
    case "Section":
      unnamed(walk, state, c.title);
      for (const clause of c.clauses) inClause(walk, state, id, clause);
      return;
    case "ForRows":
      for (const clause of c.clauses) inClause(walk, state, id, clause);
      return;
    case "ElseClause":
      return ofElse(walk, state, id ?? state, c);
    case "HeaderClause":
      return add("header", headerText(c));
    case "FooterClause":
      return add("footer", c.text);
    case "OpenClause":
      return add("open", c.text);
    case "MoreClause":
      return add("more", c.text);
    case "TextClause":
    case "AfterClause":
    case "EmptyClause":
      return inArm(walk, state, c.arm);
    case "ProductClause":
    case "ThumbnailClause":
    case "GatherClause":
    case "FallbackClause":
    case "InvalidClause":
  }
}

/** Options whose id is a value have no name of their own. */
function ofOption(walk: Walk, state: string, id: string | undefined, option: Option): void {
  if (id === undefined || option.id.kind !== "Name") {
    unnamed(walk, state, option.title);
    unnamed(walk, state, option.description);
    return unnamed(walk, state, option.short);
  }
  const name = `option.${option.id.text}`;
  named(walk, id, name, option.title);
  named(walk, id, `${name}.description`, option.description);
  const short = option.short ?? option.title;
  if (!short) return;
  const of = { kind: "short", option } as const;
  const at = textAt(short);
  const texts = option.short ? at.texts : [];
  // Needed only where the title is too long, which is another finding.
  keep(walk, { ...at, texts, optional: true, entry: id, name: `${name}.short`, inTexts: false, of });
}

function ofElse(walk: Walk, state: string, entry: string, clause: ElseClause): void {
  named(walk, entry, "else", clause.text);
  inArm(walk, state, clause.retry?.arm);
  inArm(walk, state, clause.arm);
}
