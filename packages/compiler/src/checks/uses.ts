/** What each file refers to, for rules that ask what is used. */
import type { FlowNames, Names, Referent } from "../bind/names.ts";
import type { Declaration, File, FlowDecl, Name, NameExpr, Set as SetStatement } from "../syntax/ast.ts";

export interface FileUses {
  readonly used: ReadonlySet<object>;
  /** Named by tests. */
  readonly tested: ReadonlySet<object>;
  /** Variables and parameters that something is written to. */
  readonly written: ReadonlySet<object>;
  readonly profile: ReadonlySet<string>;
  readonly wholeProfile: boolean;
  /** Flows of which all that they declare for themselves is used in the file. */
  readonly settled: ReadonlySet<FlowDecl>;
}

/** `sets`: of the file, or of more. */
export function usesIn(names: Names, file: File, sets: readonly SetStatement[]): FileUses {
  const targets = new Set<object>(sets.map((set) => set.target.names[0] ?? set));
  const expectations = testNames(file.declarations);
  const used = new Set<object>();
  const tested = new Set<object>();
  const written = new Set<object>();
  const profile = new Set<string>();
  let wholeProfile = false;
  // The greatest table of all: `for of` would make a pair for each entry.
  names.refs.layer(file.source)?.forEach((referent, node) => {
    const decl = declOf(referent);
    if (expectations.has(node)) {
      if (decl) tested.add(decl);
      return;
    }
    if (referent.kind === "root" && referent.name === "profile") {
      const field = /^\s*\.\s*([A-Za-z_]\w*)/.exec(node.source.text.slice(node.end, node.end + 200))?.[1];
      if (field === undefined) wholeProfile = true;
      else profile.add(field);
    }
    if (decl) (targets.has(node) ? written : used).add(decl);
  });
  const flows = file.declarations.filter((d) => d.kind === "FlowDecl");
  const settled = new Set(flows.filter((flow) => isSettled(flow, names.inFlow.get(flow), used)));
  return { used, tested, written, profile, wholeProfile, settled };
}

function isSettled({ params, vars }: FlowDecl, own: FlowNames | undefined, used: ReadonlySet<object>): boolean {
  if (!own || !params.every((field) => used.has(field)) || !vars.every((field) => used.has(field))) return false;
  for (const constant of own.lets.values()) if (!used.has(constant)) return false;
  return true;
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
function testNames(declarations: readonly Declaration[]): ReadonlySet<Name | NameExpr> {
  const found = new Set<Name | NameExpr>();
  for (const d of declarations) {
    if (d.kind !== "TestDecl") continue;
    for (const step of d.steps) {
      if (step.kind === "Mock") found.add(step.name);
      else if (step.kind === "Expect" && (step.what.kind === "ExpectCall" || step.what.kind === "ExpectTemplate"))
        found.add(step.what.name);
    }
  }
  return found;
}
