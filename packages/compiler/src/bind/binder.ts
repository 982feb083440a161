/** What binding works on: the tables under construction, and where it stands. */
import type { Diagnostic, Fix, Related } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { unknownNameAt } from "../diagnostics/suggest.ts";
import type {
  ActionDecl,
  Ask,
  ComprehensionExpr,
  FieldDecl,
  File,
  FlowDecl,
  ForRows,
  Let,
  Name,
  NameExpr,
  Path,
  ProfileDecl,
  StateDecl,
  TemplateDecl,
  TypeDecl,
} from "../syntax/ast.ts";
import { BySource } from "../text/by-source.ts";
import { withDocs, withWord } from "../text/removal.ts";
import { type Source, type Span, spanOf } from "../text/source.ts";
import { BUILTIN_TYPES, FUNCTION_NAMES } from "./builtins.ts";
import type { EventSymbol, FlowNames, Identified, Names, Referent } from "./names.ts";

export interface Binder {
  readonly diagnostics: Diagnostic[];
  readonly files: readonly File[];
  readonly types: Map<string, TypeDecl>;
  readonly actions: Map<string, ActionDecl>;
  readonly templates: Map<string, TemplateDecl>;
  readonly flows: Map<string, FlowDecl>;
  readonly events: Map<string, MutableEvent>;
  readonly schedules: Map<string, MutableEvent>;
  readonly inFlow: Map<FlowDecl, FlowScope>;
  readonly refs: BySource<NameExpr | Name, Referent>;
  readonly ids: BySource<Identified, string>;
  readonly slots: BySource<Let | ForRows | ComprehensionExpr, string>;
  readonly places: BySource<Path, string>;
  readonly enteredFrom: Map<FlowDecl, Set<FlowDecl>>;
  profile: ProfileDecl | undefined;
  /** Types, declared and built in, as expressions and types refer to them. */
  readonly typeRefs: Map<string, Referent>;
  /** What can be called: functions and actions. */
  readonly callRefs: Map<string, Referent>;

  // Where binding stands.
  flow: FlowScope | undefined;
  /** Innermost last: `let`, rows and comprehension items that are visible. */
  readonly locals: Local[];
  state: StateScope | undefined;
  /** Inside the `else` of an action. */
  failing: boolean;
  /** In a test of a flow that does not exist: names that are not found may be its own. */
  lost: boolean;
}

export interface Local {
  readonly name: string;
  readonly referent: Referent;
}

export interface MutableEvent extends EventSymbol {
  readonly flows: FlowDecl[];
}

/** A flow's own names, with the referents that its expressions share. */
export interface FlowScope extends FlowNames {
  readonly decl: FlowDecl;
  readonly states: Map<string, StateDecl>;
  readonly vars: Map<string, FieldDecl>;
  readonly lets: Map<string, Let>;
  readonly asks: Map<string, Ask>;
  readonly varRefs: Map<string, Referent>;
  readonly stateRefs: Map<string, Referent>;
}

/** What is collected while one state is read; ids are given at its end. */
export interface StateScope {
  /** `flow.state`, or the flow's name for its own `else` and `after`. */
  readonly id: string;
  /** What slots begin with: the state's name, "" for the flow's own clauses. */
  readonly name: string;
  readonly identified: Identified[];
  /** By name: how often slots of that name were given. */
  readonly slots: Map<string, number>;
}

/** `before`: tables of which what was found in the sources that are `kept` stands. */
export function binder(files: readonly File[], before?: Names, kept?: (source: Source) => boolean): Binder {
  const typeRefs = new Map<string, Referent>();
  for (const name of BUILTIN_TYPES) typeRefs.set(name, { kind: "builtinType", name });
  const callRefs = new Map<string, Referent>();
  for (const name of FUNCTION_NAMES) callRefs.set(name, { kind: "function", name });
  return {
    diagnostics: [],
    files,
    types: new Map(),
    actions: new Map(),
    templates: new Map(),
    flows: new Map(),
    events: new Map(),
    schedules: new Map(),
    inFlow: new Map(),
    refs: new BySource(before?.refs, kept),
    ids: new BySource(before?.ids, kept),
    slots: new BySource(before?.slots, kept),
    places: new BySource(before?.places, kept),
    enteredFrom: new Map(),
    profile: undefined,
    typeRefs,
    callRefs,
    flow: undefined,
    locals: [],
    state: undefined,
    failing: false,
    lost: false,
  };
}

/** The finished tables. */
export function namesOf(b: Binder): Names {
  const { files, types, actions, templates, flows, profile, events, schedules } = b;
  const { inFlow, refs, ids, slots, places, enteredFrom } = b;
  return {
    files,
    types,
    actions,
    templates,
    flows,
    profile,
    events,
    schedules,
    inFlow,
    refs,
    ids,
    slots,
    places,
    enteredFrom,
  };
}

/** P2001 with what is similar or what exists; one good candidate is a fix. Says nothing about a name that is missing. */
export function unknownName(
  b: Binder,
  what: string,
  name: Span & { readonly text: string },
  known: Iterable<string>,
): void {
  if (name.text !== "") b.diagnostics.push(unknownNameAt(what, name, known));
}

/** P2002 with the first place. */
export function declaredTwice(
  b: Binder,
  what: string,
  name: string,
  at: Span,
  first: Span | undefined,
  whole?: Span,
): void {
  const related: readonly Related[] =
    first === undefined ? [] : [{ span: plain(first), message: `\`${name}\` stands here first` }];
  b.diagnostics.push(diagnostic("P2002", at, { what, name }, { related, fixes: secondFix(what, name, at, whole) }));
}

/** What is used by its place or its name alone gets another name; of a variable all uses mean the first. */
function secondFix(what: string, name: string, at: Span, whole: Span | undefined): readonly Fix[] {
  if (what === "variable" && whole) {
    return [{ title: "Delete it", safe: false, edits: [{ span: withDocs(withWord(whole, "var")), text: "" }] }];
  }
  if (what !== "case" && what !== "field" && what !== "parameter") return [];
  const text = `${name}_2`;
  return [{ title: `Call it \`${text}\``, safe: false, edits: [{ span: plain(at), text }] }];
}

function plain(span: Span): Span {
  return spanOf(span.source, span.start, span.end);
}
