/** The options of an ask, in sections. */
import type { ForDef, ForSectionsDef, OptionDef, Pc, RowDef, SectionDef, SectionsDef, TextKey } from "@parley/machine";
import type { Ask, AskClause, ForRows, Option, Section } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { enumOf, hasOptions } from "../types/rows.ts";
import type { Type } from "../types/type.ts";
import { type LowerBlock, later } from "./arms.ts";
import type { Mutable } from "./code.ts";
import { lowerExpr } from "./expressions.ts";
import type { FlowLowering } from "./lowering.ts";
import { addLiteral, addShort, addText } from "./texts.ts";
import { valueType } from "./values.ts";

/** The ask that is being lowered. */
export interface Asking {
  readonly l: FlowLowering;
  readonly ask: Ask;
  readonly id: string;
  /** Where the state goes on after it. */
  readonly next: Pc;
  readonly lowerBlock: LowerBlock;
  /** Of the variable that `as` names, without its `?`. */
  readonly type: Type | undefined;
}

type EnumType = Extract<Type, { kind: "enum" }>;

function isRow(clause: AskClause): clause is Option | Section | ForRows {
  return clause.kind === "Option" || clause.kind === "Section" || clause.kind === "ForRows";
}

/** Rows outside a section form sections without a title, where they stand; the cases of an enum come first. */
export function lowerSections(asking: Asking): readonly SectionsDef[] {
  const counter: Counter = { unnamed: 0, sections: 0 };
  const cases = caseRows(asking, counter);
  return sectionsOf(asking, counter, asking.ask.clauses, cases);
}

/** Numbers texts that have no name of their own. */
interface Counter {
  unnamed: number;
  sections: number;
}

function sectionsOf(
  asking: Asking,
  counter: Counter,
  clauses: readonly AskClause[],
  cases: CaseRows,
): readonly SectionsDef[] {
  const sections: SectionsDef[] = [];
  let open = cases.rows;
  const add = (section: SectionsDef): void => {
    if (open.length > 0) sections.push({ rows: open });
    open = [];
    sections.push(section);
  };
  for (const clause of clauses) {
    if (!isRow(clause) || (clause.kind === "Option" && cases.taken.has(clause))) continue;
    if (clause.kind === "Section") add(lowerSection(asking, counter, clause));
    else if (clause.kind === "ForRows" && hasSection(clause)) add(lowerForSections(asking, counter, clause));
    else open.push(lowerRow(asking, counter, clause));
  }
  if (open.length > 0) sections.push({ rows: open });
  return sections;
}

/** Whether its rows stand in sections of their own. */
export function hasSection(loop: ForRows): boolean {
  return loop.clauses.some((c) => c.kind === "Section" || (c.kind === "ForRows" && hasSection(c)));
}

const NO_CASES: ReadonlySet<Option> = new Set();

function lowerForSections(asking: Asking, counter: Counter, loop: ForRows): ForSectionsDef {
  const { l } = asking;
  const slot = keepSlot(l, loop);
  const list = lowerExpr(l, loop.list);
  const sections = sectionsOf(asking, counter, loop.clauses, { rows: [], taken: NO_CASES });
  const def: ForSectionsDef = { kind: "for", slot, list, sections };
  l.places.parts.set(def, loop);
  return def;
}

function lowerSection(asking: Asking, counter: Counter, section: Section): SectionDef {
  const { l, id } = asking;
  const title = addText(l, `${id}.section~${++counter.sections}`, section.title);
  const when = section.when ? { when: lowerExpr(l, section.when) } : {};
  return { title, ...when, rows: lowerRows(asking, counter, section.clauses) };
}

function lowerRows(asking: Asking, counter: Counter, clauses: readonly AskClause[]): readonly RowDef[] {
  const rows: RowDef[] = [];
  for (const clause of clauses) {
    if (clause.kind === "Option" || clause.kind === "ForRows") rows.push(lowerRow(asking, counter, clause));
  }
  return rows;
}

function lowerRow(asking: Asking, counter: Counter, row: Option | ForRows): RowDef {
  return row.kind === "Option" ? lowerOption(asking, counter, row) : lowerFor(asking, counter, row);
}

/** The slot of a `for`, which the flow then knows. */
export function keepSlot(l: FlowLowering, loop: ForRows): string {
  const slot = sure(l.names.slots.get(loop));
  l.lets[slot] = valueType(l, l.types.ofDecl.get(loop), loop.name);
  return slot;
}

function lowerFor(asking: Asking, counter: Counter, loop: ForRows): ForDef {
  const { l } = asking;
  const slot = keepSlot(l, loop);
  const list = lowerExpr(l, loop.list);
  const def: ForDef = { kind: "for", slot, list, rows: lowerRows(asking, counter, loop.clauses) };
  l.places.parts.set(def, loop);
  return def;
}

// ---------------------------------------------------------------- cases of an enum

interface CaseRows {
  readonly rows: RowDef[];
  /** Options that stand for a case. */
  readonly taken: ReadonlySet<Option>;
}

/**
 * All cases in the type's order; an option that names one gives its title and arm. Options that stand in sections or come
 * from values have an order of their own.
 */
function caseRows(asking: Asking, counter: Counter): CaseRows {
  const { l, ask } = asking;
  const taken = new Set<Option>();
  const rows: RowDef[] = [];
  const type = enumOf(l.types, ask);
  if (!type || ask.clauses.some((c) => c.kind === "Section" || c.kind === "ForRows")) return { rows, taken };
  for (const name of type.cases) {
    const option = ask.clauses.find((c) => c.kind === "Option" && c.id.kind === "Name" && c.id.text === name);
    if (option?.kind === "Option") {
      taken.add(option);
      rows.push(lowerOption(asking, counter, option));
    } else rows.push({ kind: "option", id: name, title: caseTitle(asking, type, name), value: true });
  }
  return { rows, taken };
}

/** The key of a case's label, which is the machine's text of that enum. */
function caseTitle({ l, ask }: Asking, type: EnumType, name: string): TextKey {
  return addLiteral(l, caseKey(type.name, name), name, ask.as ?? ask);
}

export function caseKey(type: string, name: string): TextKey {
  return `types.${type}.${name}`;
}

// ---------------------------------------------------------------- options

function lowerOption(asking: Asking, counter: Counter, option: Option): OptionDef {
  const { l, id, next, lowerBlock } = asking;
  const key = `${id}.option${option.id.kind === "Name" ? `.${option.id.text}` : `~${++counter.unnamed}`}`;
  const title = option.title ? addText(l, key, option.title) : impliedTitle(asking, option, key);
  const def: Mutable<OptionDef> = { kind: "option", id: optionId(asking, option), title };
  l.places.parts.set(def, option);
  if (option.description) def.description = addText(l, `${key}.description`, option.description);
  const short = addShort(l, key, option);
  if (short !== undefined) def.short = short;
  if (option.when) def.when = lowerExpr(l, option.when);
  if (givesValue(asking, option)) def.value = true;
  if (option.arm) {
    later(l, option.arm, next, lowerBlock, (pc) => {
      def.to = pc;
    });
  }
  return def;
}

function optionId({ l }: Asking, option: Option): OptionDef["id"] {
  if (option.id.kind === "Name") return option.id.text;
  const e = lowerExpr(l, option.id);
  return typeof e === "string" ? e : { e };
}

/** `as` takes the id as a text, or as the case of that name. */
function givesValue({ l, ask, type }: Asking, option: Option): boolean {
  if (!type || !hasOptions(ask)) return false;
  if (type.kind !== "enum") return type.kind === "text";
  if (option.id.kind === "Name") return type.cases.includes(option.id.text);
  return l.types.ofExpr.get(option.id)?.kind === "enum";
}

/** Without a title: the label of the case or of the template's button. */
function impliedTitle(asking: Asking, option: Option, key: TextKey): TextKey {
  const { l, ask, type } = asking;
  const name = option.id.kind === "Name" ? option.id.text : "";
  if (ask.template) return templateOptionKey(ask.template.name.text, name);
  if (type?.kind === "enum" && type.cases.includes(name)) return caseTitle(asking, type, name);
  return addLiteral(l, key, name, option);
}

export function templateOptionKey(template: string, option: string): TextKey {
  return `templates.${template}.option.${option}`;
}

export function templateOptions(asking: Asking): readonly OptionDef[] {
  const counter: Counter = { unnamed: 0, sections: 0 };
  return asking.ask.clauses.filter((c) => c.kind === "Option").map((option) => lowerOption(asking, counter, option));
}
