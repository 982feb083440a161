/** P6004: what WhatsApp would not approve of a declared template. */
import { codePoints, LIMITS, type LimitKey } from "@parley/whatsapp";
import type { TemplateProblem } from "../diagnostics/catalog/project.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type {
  HeaderClause,
  Hole,
  LinkClause,
  TemplateClause,
  TemplateDecl,
  TemplateOption,
  TextExpr,
} from "../syntax/ast.ts";
import { type Span, spanOf, spanText } from "../text/source.ts";
import { maxLength, plainText } from "../types/length.ts";
import { show } from "../types/show.ts";
import { at, type Checked, type Report } from "./program.ts";

interface Judging {
  readonly program: Checked;
  readonly decl: TemplateDecl;
  readonly refuse: (span: Span, problem: TemplateProblem, fixes?: readonly Fix[]) => void;
}

export function templatesWithinLimits(program: Checked, report: Report): void {
  for (const decl of program.names.templates.values()) {
    if (decl.listed) continue;
    const refuse: Judging["refuse"] = (span, problem, fixes = []) => at(report, "P6004", span, problem, { fixes });
    const judging: Judging = { program, decl, refuse };
    names(judging);
    parts(judging);
    buttons(judging);
  }
}

/** What WhatsApp takes as the name of a template or a parameter. */
const NAME = /^[a-z0-9_]+$/;

function names({ decl, refuse }: Judging): void {
  const { name, params } = decl;
  if (name.text !== "" && !NAME.test(name.text))
    refuse(name, { problem: "name", what: "the name of a template", name: name.text });
  if (name.text.length > LIMITS.templateName.max) {
    refuse(name, { problem: "length", what: "the name", length: name.text.length, max: LIMITS.templateName.max });
  }
  for (const param of params) {
    const { text } = param.name;
    if (text !== "" && !NAME.test(text))
      refuse(param.name, { problem: "name", what: "a parameter of a template", name: text });
  }
}

// ---------------------------------------------------------------- texts

function parts(judging: Judging): void {
  const { decl, refuse } = judging;
  const once = new Set<TemplateClause["kind"]>();
  for (const clause of decl.clauses) {
    if (clause.kind === "TemplateCategory") category(judging, clause.name);
    else if (clause.kind === "HeaderClause") header(judging, clause);
    else if (clause.kind === "BodyClause") body(judging, clause.text);
    else if (clause.kind === "FooterClause") {
      withoutHoles(judging, clause.text, "the footer");
      withinLimit(judging, clause.text, "the footer", "templateFooter");
      onOneLine(judging, clause.text, "the footer");
    }
    if (clause.kind === "TemplateOption" || clause.kind === "LinkClause") continue;
    if (once.has(clause.kind)) refuse(clause, { problem: "count", what: WORDS[clause.kind], count: 2, max: 1 });
    once.add(clause.kind);
  }
  if (!once.has("BodyClause")) refuse(decl.name, { problem: "missing", what: "the body of the template" });
}

const WORDS = {
  TemplateCategory: "categories",
  TemplateLocales: "lists of locales",
  HeaderClause: "headers",
  BodyClause: "bodies",
  FooterClause: "footers",
} as const;

function category({ refuse }: Judging, name: Span & { readonly text: string }): void {
  if (name.text === "" || name.text === "utility" || name.text === "marketing") return;
  const edits = [{ span: spanOf(name.source, name.start, name.end), text: "utility" }];
  const fixes = [{ title: "Write `utility`", safe: false, edits }];
  refuse(name, { problem: "category", name: name.text }, fixes);
}

function header(judging: Judging, clause: HeaderClause): void {
  if (clause.media !== "text" || clause.value.kind !== "TextExpr") return;
  const { value } = clause;
  const { max } = LIMITS.templateHeaderParameters;
  const count = holesOf(value).length;
  if (count > max) judging.refuse(value, { problem: "count", what: "parameters in the header", count, max });
  withinLimit(judging, value, "the header", "templateHeader");
  onOneLine(judging, value, "the header");
}

function body(judging: Judging, text: TextExpr): void {
  const { refuse } = judging;
  withinLimit(judging, text, "the body", "templateBody");
  const shown = text.parts.filter((part) => typeof part !== "string" || part.trim() !== "");
  const [first, last] = [shown[0], shown.at(-1)];
  if (first !== undefined && typeof first !== "string") refuse(first, { problem: "edge", edge: "begins" });
  if (last !== undefined && typeof last !== "string" && last !== first) refuse(last, { problem: "edge", edge: "ends" });
  for (const [i, part] of shown.entries()) {
    if (i > 0 && typeof part !== "string" && typeof shown[i - 1] !== "string") {
      refuse(part, { problem: "side", what: "the body" });
    }
  }
  ratio(judging, text);
}

/** WhatsApp counts variables, each once, against the words around them. */
function ratio({ refuse }: Judging, text: TextExpr): void {
  const count = new Set(holesOf(text).map((hole) => spanText(hole.value))).size;
  if (count === 0) return;
  const written = text.parts.map((part) => (typeof part === "string" ? part : " ")).join("");
  const words = written.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const min = LIMITS.templateWordsPerParameter.min * count + 1;
  if (words < min) refuse(text, { problem: "words", words, count, min });
}

function holesOf(text: TextExpr): readonly Hole[] {
  return text.parts.filter((part) => typeof part !== "string");
}

/** As WhatsApp writes a parameter. */
function variable(hole: Hole): string {
  return `{{${spanText(hole.value)}}}`;
}

/** As it is handed in, and with the longest values that its parameters can have. */
function withinLimit({ program, refuse }: Judging, text: TextExpr, what: string, key: LimitKey): void {
  const max = LIMITS[key as "templateBody"].max;
  const length = maxLength(program.types.ofExpr, text);
  const written = codePoints(text.parts.map((part) => (typeof part === "string" ? part : variable(part))).join(""));
  if (written > max) return refuse(text, { problem: "length", what, length: written, max });
  if (length.codePoints <= max || length.holes.some(({ type }) => type.kind === "unknown")) return;
  const sum = [
    `${length.literal.codePoints} written`,
    ...length.holes.map((hole) => `${hole.max} for ${spanText(hole.hole.value)}: ${show(hole.type)}`),
  ].join(" + ");
  refuse(text, { problem: "sum", what, length: length.codePoints, sum, max });
}

function withoutHoles({ refuse }: Judging, text: TextExpr, what: string): void {
  const [hole] = holesOf(text);
  if (hole) refuse(hole, { problem: "hole", what });
}

function onOneLine({ refuse }: Judging, text: TextExpr, what: string): void {
  if (text.parts.some((part) => typeof part === "string" && part.includes("\n")))
    refuse(text, { problem: "break", what });
}

// ---------------------------------------------------------------- buttons

function buttons(judging: Judging): void {
  const { decl, refuse } = judging;
  const all = decl.clauses.filter((c) => c.kind === "TemplateOption" || c.kind === "LinkClause");
  const links = all.filter((c) => c.kind === "LinkClause");
  tooMany(judging, all, "buttons", LIMITS.templateButtons.max);
  tooMany(judging, links, "links", LIMITS.templateUrlButtons.max);
  const titles = new Set<string>();
  for (const button of all) {
    const what = "the title of the button";
    const { title } = button;
    if (!title) continue;
    withoutHoles(judging, title, what);
    withinLimit(judging, title, what, "templateButtonText");
    onOneLine(judging, title, what);
    const written = plainText(title);
    if (written.trim() === "") refuse(title, { problem: "missing", what });
    else if (titles.has(written)) refuse(title, { problem: "twice", title: written });
    titles.add(written);
  }
  for (const link of links) address(judging, link.url);
  together(judging, all);
}

function tooMany({ refuse }: Judging, all: readonly Span[], what: string, max: number): void {
  const extra = all[max];
  if (extra) refuse(extra, { problem: "count", what, count: all.length, max });
}

/** One parameter at most, at the end. */
function address({ refuse }: Judging, url: TextExpr): void {
  const holes = holesOf(url);
  const { max } = LIMITS.templateUrlParameters;
  if (holes.length > max)
    return refuse(url, { problem: "count", what: "parameters in a link", count: holes.length, max });
  const [hole] = holes;
  if (hole && url.parts.at(-1) !== hole) refuse(hole, { problem: "tail", what: "a link" });
  const written = codePoints(url.parts.map((part) => (typeof part === "string" ? part : "{{1}}")).join(""));
  const most = LIMITS.templateUrl.max;
  if (written > most) refuse(url, { problem: "length", what: "the link", length: written, max: most });
}

/** Quick replies are one group, before or behind the links. */
function together({ refuse }: Judging, all: readonly (TemplateOption | LinkClause)[]): void {
  let groups = 0;
  for (const [i, button] of all.entries()) {
    if (button.kind !== "TemplateOption" || all[i - 1]?.kind === "TemplateOption") continue;
    if (++groups > 1) refuse(button, { problem: "mixed", what: `\`${button.name.text}\`` });
  }
}
