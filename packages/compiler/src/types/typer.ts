/** What typing works on: the tables under construction, and what is known where it stands. */
import type { Names } from "../bind/names.ts";
import type { ArgsOf, Code } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type {
  CallExpr,
  ComprehensionExpr,
  EnumCase,
  FieldDecl,
  FieldExpr,
  FlowDecl,
  ForRows,
  Let,
  LValue,
  Name,
  TypeDecl,
  TypeExpr,
} from "../syntax/ast.ts";
import { BySource } from "../text/by-source.ts";
import type { Source, Span } from "../text/source.ts";
import { UNKNOWN } from "./builtins.ts";
import { type ExprTypeTable, exprTypeTable } from "./expr-types.ts";
import { type Facts, NO_FACTS } from "./facts.ts";
import type { Type, Types } from "./type.ts";

export interface Typer extends Types {
  readonly names: Names;
  readonly diagnostics: Diagnostic[];
  readonly ofExpr: ExprTypeTable;
  readonly ofType: BySource<TypeExpr, Type>;
  readonly ofDecl: BySource<FieldDecl | Let | ForRows | ComprehensionExpr, Type>;
  readonly personal: BySource<FieldDecl, true>;
  readonly cases: BySource<Name, EnumCase | undefined>;
  readonly ofTarget: BySource<LValue, Type>;
  readonly ofProject: (FieldExpr | CallExpr)[];
  /** Declared types; those being resolved are there with `undefined`. */
  readonly declared: BySource<TypeDecl, Type | undefined>;
  /** The record that `profile` is; filled before flows are typed. */
  profile: Type;
  /** Flows that can run for a contact who never wrote. */
  silent: ReadonlySet<FlowDecl>;

  // Where typing stands.
  flow: FlowDecl | undefined;
  /** What is known to hold here. */
  facts: Facts;
}

/** Tables of which what was found in the sources that are `kept` stands. */
export interface TypedBefore {
  readonly tables: Pick<
    Typer,
    "ofExpr" | "ofType" | "ofDecl" | "personal" | "cases" | "ofTarget" | "declared" | "profile"
  >;
  readonly kept: (source: Source) => boolean;
}

export function typer(names: Names, before?: TypedBefore): Typer {
  const kept = before?.kept;
  const tables = before?.tables;
  const ofDecl: Typer["ofDecl"] = new BySource(tables?.ofDecl, kept);
  return {
    names,
    diagnostics: [],
    ofExpr: exprTypeTable(names, ofDecl, new BySource(tables?.ofExpr.stored, kept)),
    ofType: new BySource(tables?.ofType, kept),
    ofDecl,
    personal: new BySource(tables?.personal, kept),
    cases: new BySource(tables?.cases, kept),
    ofTarget: new BySource(tables?.ofTarget, kept),
    ofProject: [],
    declared: new BySource(tables?.declared, kept),
    profile: { kind: "record", name: "profile", fields: new Map() },
    silent: new Set(),
    flow: undefined,
    facts: NO_FACTS,
  };
}

/** The type of a declaration; unknown where it has none, which is reported at the declaration. */
export function typeOfDecl(t: Typer, decl: FieldDecl | Let | ForRows | ComprehensionExpr): Type {
  return t.ofDecl.get(decl) ?? UNKNOWN;
}

export function report<C extends Code>(
  t: Typer,
  code: C,
  span: Span,
  args: ArgsOf<C>,
  fixes: readonly Fix[] = [],
): void {
  t.diagnostics.push(diagnostic(code, span, args, { fixes }));
}

/** P2003 in a sentence of its own. */
export function mistake(t: Typer, span: Span, sentence: string, fixes: readonly Fix[] = []): void {
  report(t, "P2003", span, { problem: "says", sentence }, fixes);
}
