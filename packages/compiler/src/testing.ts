/** For tests of programs: what the compiler says about a source, in a form that is compared in one line. */
import { bind } from "./bind/bind.ts";
import type { Names } from "./bind/names.ts";
import { check, type RuleFailure } from "./checks/index.ts";
import type { Program } from "./checks/program.ts";
import { settle } from "./checks/settle.ts";
import type { Code } from "./diagnostics/catalog.ts";
import type { Diagnostic, Edit, Fix } from "./diagnostics/diagnostic.ts";
import { describe } from "./diagnostics/report.ts";
import { buildGraph } from "./flow/build.ts";
import { DEFAULT_SETTINGS, type Settings } from "./project/settings.ts";
import type { Ask } from "./syntax/ast.ts";
import { parse } from "./syntax/parse.ts";
import { suppressionsIn } from "./syntax/suppressions.ts";
import { spanText } from "./text/source.ts";
import type { LayoutChoice } from "./types/layout.ts";
import type { Types } from "./types/type.ts";
import { types } from "./types/types.ts";

/** A code and the text under the squiggle. */
export type Finding = readonly [code: Code, text: string];

export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  readonly program: Program;
  readonly names: Names;
  readonly types: Types;
  readonly layouts: ReadonlyMap<Ask, LayoutChoice>;
}

/** One file, called `test.flow`, or several by path. */
export type Sources = string | Readonly<Record<string, string>>;

/** All phases up to the checks; a rule that throws throws here. */
export function analyse(sources: Sources, settings: Partial<Settings> = {}): Analysis {
  const files = typeof sources === "string" ? { "test.flow": sources } : sources;
  const parsed = Object.entries(files).map(([path, text]) => parse({ path, text }));
  const bound = bind(parsed.map((file) => file.value));
  const typed = types(bound.value);
  const graph = buildGraph(bound.value, typed.value);
  const program: Program = {
    names: bound.value,
    types: typed.value,
    graph,
    settings: { ...DEFAULT_SETTINGS, ...settings },
  };
  const checked = check(program);
  for (const failure of checked.failures) rethrow(failure);
  const diagnostics = settle(
    parsed.flatMap((file) => suppressionsIn(file.value.source)),
    [...parsed, bound, typed, checked].flatMap((phase) => phase.diagnostics),
  );
  const { layouts } = checked;
  return { diagnostics: inOrder(diagnostics), program, names: bound.value, types: typed.value, layouts };
}

function rethrow({ rule, error }: RuleFailure): never {
  throw new Error(`the rule ${rule} threw`, { cause: error });
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = (a: Diagnostic, b: Diagnostic): number =>
    a.span.source.path.localeCompare(b.span.source.path) || a.span.start - b.span.start || a.code.localeCompare(b.code);
  return [...diagnostics].sort(byPlace);
}

/** What is found, in the order of the places. */
export function findings(text: Sources, settings: Partial<Settings> = {}): readonly Finding[] {
  return analyse(text, settings).diagnostics.map((d) => [d.code, spanText(d.span)]);
}

/** What is found, in words: `P3001 4 buttons, WhatsApp allows 3`. */
export function sentences(text: Sources, settings: Partial<Settings> = {}): readonly string[] {
  return analyse(text, settings).diagnostics.map((d) => `${d.code} ${describe(d)}`);
}

/** Throws unless exactly these are found, in the order of their places. */
export function expectDiagnostics(text: string, expected: readonly Finding[], settings: Partial<Settings> = {}): void {
  const show = (list: readonly Finding[]): string =>
    list.map(([code, at]) => `  ${code} ${JSON.stringify(at)}`).join("\n");
  const found = findings(text, settings);
  if (show(found) !== show(expected)) {
    throw new Error(`found\n${show(found) || "  nothing"}\nexpected\n${show(expected) || "  nothing"}\nin\n${text}`);
  }
}

/** The source after a fix. */
export function applyFix(text: string, fix: Fix): string {
  const edits = [...fix.edits].sort((a: Edit, b: Edit) => b.span.start - a.span.start);
  return edits.reduce((done, { span, text: by }) => done.slice(0, span.start) + by + done.slice(span.end), text);
}
