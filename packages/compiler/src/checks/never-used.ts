/** P5006: what is declared and never used. */
import { calledAction, type Referent } from "../bind/names.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { ActionDecl, FieldDecl, FlowDecl, Let, Name, NameExpr, TemplateDecl, TypeDecl } from "../syntax/ast.ts";
import { withDocs, withWord } from "../text/removal.ts";
import { type Source, type Span, spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";

export function declarationsUsed(program: Checked, report: Report): void {
  const uses = usesOf(program);
  for (const type of program.names.types.values()) ofDeclaration(uses, "type", type, report);
  for (const action of program.names.actions.values()) {
    ofDeclaration(uses, "action", action, report);
    if (action.clauses.some((c) => c.kind === "Http")) parameters(uses, action, report);
  }
  for (const template of program.names.templates.values()) {
    // A file of approved templates holds those of all bots of the account.
    if (template.listed) continue;
    ofDeclaration(uses, "template", template, report);
    parameters(uses, template, report);
  }
  profileFields(program, uses, report);
  for (const flow of program.names.flows.values())
    if (!program.graph.broken.has(flow)) inFlow(program, uses, flow, report);
}

// ---------------------------------------------------------------- uses

interface Uses {
  readonly used: { has(decl: object): boolean };
  /** Named by tests, which does not count, but keeps a declaration from being deleted. */
  readonly tested: { has(decl: object): boolean };
  /** Variables and parameters that something is written to. */
  readonly written: { has(decl: object): boolean };
  readonly profile: ReadonlySet<string>;
  /** Where `profile` stands as a whole, all of its fields are used. */
  readonly wholeProfile: boolean;
}

/** Of what one file refers to. */
interface FileUses {
  readonly used: Set<object>;
  readonly tested: Set<object>;
  readonly written: Set<object>;
  readonly profile: Set<string>;
  wholeProfile: boolean;
}

/** By what a file refers to, which never changes. */
const known = new WeakMap<object, FileUses>();

function usesOf({ names, nodes }: Checked): Uses {
  let special: Special | undefined;
  const all = new Map<Source, FileUses>();
  for (const [source, refs] of names.refs.layers()) {
    let uses = known.get(refs);
    if (!uses) {
      special ??= {
        targets: new Set<object>(nodes.sets.map((set) => set.target.names[0] ?? set)),
        expectations: testNames(names.files),
      };
      uses = usesIn(refs, special);
      known.set(refs, uses);
    }
    all.set(source, uses);
  }
  const files = [...all.values()];
  // Most declarations are used in the file where they stand.
  const has = (what: "used" | "tested" | "written") => ({
    has: (decl: object): boolean => {
      const home = "source" in decl ? all.get(decl.source as Source) : undefined;
      return home?.[what].has(decl) || files.some((file) => file[what].has(decl));
    },
  });
  return {
    used: has("used"),
    tested: has("tested"),
    written: has("written"),
    profile: new Set(files.flatMap((file) => [...file.profile])),
    wholeProfile: files.some((file) => file.wholeProfile),
  };
}

interface Special {
  readonly targets: ReadonlySet<object>;
  readonly expectations: ReadonlySet<object>;
}

function usesIn(refs: ReadonlyMap<NameExpr | Name, Referent>, { targets, expectations }: Special): FileUses {
  const uses: FileUses = {
    used: new Set(),
    tested: new Set(),
    written: new Set(),
    profile: new Set(),
    wholeProfile: false,
  };
  // The greatest table of all: `for of` would make a pair for each entry.
  refs.forEach((referent, node) => {
    const decl = declOf(referent);
    if (expectations.has(node)) {
      if (decl) uses.tested.add(decl);
      return;
    }
    if (referent.kind === "root" && referent.name === "profile") {
      const field = /^\s*\.\s*([A-Za-z_]\w*)/.exec(node.source.text.slice(node.end, node.end + 200))?.[1];
      if (field === undefined) uses.wholeProfile = true;
      else uses.profile.add(field);
    }
    if (decl) (targets.has(node) ? uses.written : uses.used).add(decl);
  });
  return uses;
}

function declOf(referent: Referent): object | undefined {
  switch (referent.kind) {
    case "case":
      return referent.of;
    case "event":
      return referent.symbol;
    case "root":
    case "builtinType":
    case "function":
      return undefined;
    default:
      return referent.decl;
  }
}

/** Names in tests that say what an action shall do or shall have been asked: that uses nothing. */
function testNames(files: Checked["names"]["files"]): ReadonlySet<Name | NameExpr> {
  const found = new Set<Name | NameExpr>();
  for (const file of files) {
    for (const d of file.declarations) {
      if (d.kind !== "TestDecl") continue;
      for (const step of d.steps) {
        if (step.kind === "Mock") found.add(step.name);
        else if (step.kind === "Expect" && (step.what.kind === "ExpectCall" || step.what.kind === "ExpectTemplate"))
          found.add(step.what.name);
      }
    }
  }
  return found;
}

// ---------------------------------------------------------------- declarations

function ofDeclaration(uses: Uses, what: string, decl: TypeDecl | ActionDecl | TemplateDecl, report: Report): void {
  if (!uses.used.has(decl)) unused(what, decl.name, uses.tested.has(decl) ? [] : [removal(decl)], report);
}

function parameters(uses: Uses, { params }: ActionDecl | TemplateDecl, report: Report): void {
  for (const param of params) if (!uses.used.has(param)) unused("parameter", param.name, [], report);
}

function profileFields({ names }: Checked, uses: Uses, report: Report): void {
  if (uses.wholeProfile) return;
  for (const field of names.profile?.fields ?? []) {
    if (!uses.profile.has(field.name.text)) unused("field of `profile`", field.name, [], report);
  }
}

function inFlow({ names, graph }: Checked, uses: Uses, flow: FlowDecl, report: Report): void {
  if (flow.triggers.length === 0 && !graph.entered.has(flow)) unused("flow", flow.name, [], report);
  for (const { on } of flow.triggers) {
    if (on.kind !== "OnScheduled") continue;
    const symbol = names.schedules.get(on.name.text);
    if (symbol && !uses.used.has(symbol) && !names.events.has(symbol.name))
      unused("scheduled event", on.name, [], report);
  }
  // A second one of a name is reported as that, and what is written means the first.
  const vars = names.inFlow.get(flow)?.vars;
  const first = (field: FieldDecl): boolean => vars?.get(field.name.text) === field;
  for (const param of flow.params.filter(first)) variable(uses, "parameter", param, [], report);
  for (const field of flow.vars.filter(first)) {
    variable(uses, "variable", field, uses.written.has(field) ? [] : [removal(withWord(field, "var"))], report);
  }
  for (const constant of names.inFlow.get(flow)?.lets.values() ?? []) {
    if (!uses.used.has(constant)) unused("`let`", constant.name, [letFix(names, constant)], report);
  }
}

function variable(uses: Uses, what: string, field: FieldDecl, fixes: readonly Fix[], report: Report): void {
  if (uses.used.has(field)) return;
  const problem = uses.written.has(field) ? "unread" : "unused";
  if (field.name.text !== "") at(report, "P5006", field.name, { what, name: field.name.text, problem }, { fixes });
}

function unused(what: string, name: Name, fixes: readonly Fix[], report: Report): void {
  if (name.text !== "") at(report, "P5006", name, { what, name: name.text, problem: "unused" }, { fixes });
}

// ---------------------------------------------------------------- repairs

/** Deleting is left to people: what nothing uses yet may be about to be used. */
function removal(span: Span): Fix {
  return { title: "Delete it", safe: false, edits: [{ span: withDocs(span), text: "" }] };
}

/** A call of an action still runs. */
function letFix(names: Checked["names"], constant: Let): Fix {
  const { source, start, value } = constant;
  if (value.kind !== "CallExpr" || !calledAction(names, value)) return removal(constant);
  const edits = [{ span: spanOf(source, start, value.start), text: "do " }];
  return { title: "Call the action without keeping its result", safe: false, edits };
}
