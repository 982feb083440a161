/** The rows of an ask: its options as they will be sent, in order, with how often each can stand there. */

import { codePoints } from "@parley/whatsapp";
import type { Names } from "../bind/names.ts";
import type {
  Ask,
  AskClause,
  AskKind,
  EnumCase,
  Expr,
  ForRows,
  Name,
  Option,
  Section,
  TextExpr,
} from "../syntax/ast.ts";
import { labelOf, labelsOf } from "./length.ts";
import { present } from "./relations.ts";
import type { Type, Types } from "./type.ts";
import type { Wording } from "./wording.ts";

/** What rows are made from. */
export interface Typed {
  readonly names: Names;
  readonly types: Types;
  /** The language of the rows' texts; absent for the default one. */
  readonly wording?: Wording | undefined;
}

export interface Row {
  /** `undefined` for a case of the ask's enum that no option names. */
  readonly option: Option | undefined;
  /** The case that the row stands for. */
  readonly enumCase: EnumCase | undefined;
  /** A constant id; `undefined` where it is an expression. */
  readonly id: string | undefined;
  /** The title as written, or the case's or template button's label; `undefined` where there is none. */
  readonly title: TextExpr | undefined;
  /** Where there is no written title: what it says. */
  readonly label: string | undefined;
  /** Stands where the title does not fit. */
  readonly short: TextExpr | undefined;
  readonly section: Section | undefined;
  readonly loop: ForRows | undefined;
  /** How often the row can be there: 0 where a `when` can take it away or a list can be empty. */
  readonly min: number;
  readonly max: number;
}

/** Kinds of ask that only an option answers. */
export function hasOptions(ask: Ask): boolean {
  return ask.ask === "auto" || ask.ask === "buttons" || ask.ask === "list" || ask.ask === "template";
}

const TYPED_WITH_OPTIONS: ReadonlySet<AskKind> = new Set([
  "text",
  "number",
  "date",
  "phone",
  "url",
  "email",
  "image",
  "video",
  "audio",
  "document",
  "media",
  "contact",
]);

/** Kinds that another message answers and that may have options beside it. */
export function mayHaveOptions(ask: Ask): boolean {
  return hasOptions(ask) || TYPED_WITH_OPTIONS.has(ask.ask);
}

/** Whether options of ours go out with it. */
export function showsOptions(ask: Ask): boolean {
  return hasOptions(ask) || (TYPED_WITH_OPTIONS.has(ask.ask) && ask.clauses.some(isRow));
}

function isRow({ kind }: AskClause): boolean {
  return kind === "Option" || kind === "Section" || kind === "ForRows";
}

/** The enum whose cases the ask lists. */
export function enumOf(types: Pick<Types, "ofTarget">, ask: Ask): (Type & { kind: "enum" }) | undefined {
  const type = ask.as && hasOptions(ask) ? types.ofTarget.get(ask.as) : undefined;
  const of = type && present(type);
  return of?.kind === "enum" ? of : undefined;
}

/** The cases of the ask's enum that no option names: they go on after the ask. */
export function impliedCases(types: Pick<Types, "ofTarget">, ask: Ask): readonly string[] {
  const of = enumOf(types, ask);
  if (!of || ask.ask === "template") return [];
  const written = new Set<string>();
  collectIds(ask.clauses, written);
  return of.cases.filter((name) => !written.has(name));
}

function collectIds(clauses: readonly AskClause[], into: Set<string>): void {
  for (const c of clauses) {
    if (c.kind === "Option" && c.id.kind === "Name") into.add(c.id.text);
    // Rows made from cases (`option {size}`) leave nothing to be listed by itself.
    else if (c.kind === "Section" || c.kind === "ForRows") collectIds(c.clauses, into);
  }
}

/** All rows: in an ask `as` an enum its cases in the type's order first, then the others as written. */
export function rowsOf(program: Typed, ask: Ask): readonly Row[] {
  const written: Row[] = [];
  collect(program, ask, ask.clauses, { section: undefined, loop: undefined, min: 1, max: 1 }, written);
  const of = enumOf(program.types, ask);
  if (!of?.decl || ask.ask === "template") return written;
  // Options that stand in sections or come from values have an order of their own.
  if (written.some((row) => row.section || row.loop)) return written;
  const byCase = new Map(written.filter((row) => row.enumCase).map((row) => [row.enumCase, row]));
  const cases = of.decl.cases.map((c) => byCase.get(c) ?? caseRow(program, c));
  const listed = new Set(cases);
  return [...cases, ...written.filter((row) => !listed.has(row))];
}

interface Around {
  readonly section: Section | undefined;
  readonly loop: ForRows | undefined;
  readonly min: number;
  readonly max: number;
}

function collect(program: Typed, ask: Ask, clauses: readonly AskClause[], around: Around, into: Row[]): void {
  for (const c of clauses) {
    if (c.kind === "Option") into.push(optionRow(program, ask, c, around));
    else if (c.kind === "Section") {
      collect(program, ask, c.clauses, { ...around, section: c, min: c.when ? 0 : around.min }, into);
    } else if (c.kind === "ForRows") {
      const [min, max] = boundsOf(program.types.ofExpr.get(c.list));
      collect(program, ask, c.clauses, { ...around, loop: c, min: around.min * min, max: around.max * max }, into);
    }
  }
}

/** Nothing is known of a list whose type is an error: one row stands for it, so that nothing follows. */
export function boundsOf(type: Type | undefined): readonly [number, number] {
  const list = type && present(type);
  return list?.kind === "list" ? [list.min, list.max] : [1, 1];
}

function optionRow(program: Typed, ask: Ask, option: Option, around: Around): Row {
  const { section, loop, min, max } = around;
  const constant = option.id.kind === "Name" ? option.id : undefined;
  const enumCase = constant && program.types.cases.get(constant);
  return {
    option,
    enumCase,
    id: constant?.text,
    title: option.title && (program.wording?.text(option.title) ?? option.title),
    label: option.title ? undefined : impliedLabel(program, ask, option, constant, enumCase),
    short: program.wording ? program.wording.short(option) : option.short,
    section,
    loop,
    min: option.when ? 0 : min,
    max,
  };
}

function impliedLabel(
  program: Typed,
  ask: Ask,
  option: Option,
  constant: Name | undefined,
  enumCase: EnumCase | undefined,
): string | undefined {
  if (enumCase) return labelOf(enumCase, program.wording);
  if (constant) return ask.template ? buttonLabel(program, ask, constant.text) : undefined;
  const type = program.types.ofExpr.get(option.id as Expr);
  return type?.kind === "enum" ? longestLabel(type, program.wording) : undefined;
}

/** The title of a template's quick reply. */
function buttonLabel({ names }: Typed, ask: Ask, id: string): string | undefined {
  const referent = ask.template && names.refs.get(ask.template.name);
  if (referent?.kind !== "template") return "";
  const option = referent.decl.clauses.find((c) => c.kind === "TemplateOption" && c.name.text === id);
  if (option?.kind !== "TemplateOption") return "";
  return option.title?.parts.filter((part) => typeof part === "string").join("") ?? id;
}

function longestLabel(type: Type & { kind: "enum" }, wording: Wording | undefined): string {
  const labels = labelsOf(type, wording);
  return labels.reduce((longest, label) => (codePoints(label) > codePoints(longest) ? label : longest), "");
}

function caseRow({ wording }: Typed, enumCase: EnumCase): Row {
  return {
    option: undefined,
    enumCase,
    id: enumCase.name.text,
    title: undefined,
    label: labelOf(enumCase, wording),
    short: undefined,
    section: undefined,
    loop: undefined,
    min: 1,
    max: 1,
  };
}
