/** The statements that rules look at, found in one walk. */
import type { Names } from "../bind/names.ts";
import type {
  Arm,
  Ask,
  AskClause,
  Block,
  ElseClause,
  FlowDecl,
  FooterClause,
  HeaderClause,
  React,
  Say,
  Section,
  Send,
  Set as SetStatement,
  Statement,
  Typing,
} from "../syntax/ast.ts";
import { lazy } from "../text/lazy.ts";

export interface Nodes {
  readonly asks: readonly Ask[];
  readonly says: readonly Say[];
  readonly sends: readonly Send[];
  readonly reacts: readonly React[];
  readonly typings: readonly Typing[];
  readonly sets: readonly SetStatement[];
  /** Of asks and of flows. */
  readonly elses: readonly ElseClause[];
  /** Headers and footers with the message that they are of. */
  readonly edges: readonly Edge[];
  /** By ask; absent where there are none. */
  readonly sections: ReadonlyMap<Ask, readonly Section[]>;
}

export interface Edge {
  readonly of: Ask | Say | Send;
  readonly clause: HeaderClause | FooterClause;
}

interface Found extends Nodes {
  readonly asks: Ask[];
  readonly says: Say[];
  readonly sends: Send[];
  readonly reacts: React[];
  readonly typings: Typing[];
  readonly sets: SetStatement[];
  readonly elses: ElseClause[];
  readonly edges: Edge[];
  readonly sections: Map<Ask, Section[]>;
}

export function collectNodes(names: Pick<Names, "inFlow">): Nodes {
  const found: Found = {
    asks: [],
    says: [],
    sends: [],
    reacts: [],
    typings: [],
    sets: [],
    elses: [],
    edges: [],
    sections: new Map(),
  };
  for (const flow of names.inFlow.keys()) inFlow(found, flow);
  return found;
}

/** What was found apart, as if it had been found in one walk; each kind is joined when it is first read. */
export function joinNodes(all: readonly Nodes[]): Nodes {
  const list = <T>(of: (nodes: Nodes) => readonly T[]): (() => readonly T[]) => lazy(() => all.flatMap(of));
  const kinds = {
    asks: list((n) => n.asks),
    says: list((n) => n.says),
    sends: list((n) => n.sends),
    reacts: list((n) => n.reacts),
    typings: list((n) => n.typings),
    sets: list((n) => n.sets),
    elses: list((n) => n.elses),
    edges: list((n) => n.edges),
    sections: lazy(() => new Map(all.flatMap((n) => [...n.sections]))),
  };
  const joined = {};
  for (const [kind, get] of Object.entries(kinds)) Object.defineProperty(joined, kind, { get, enumerable: true });
  return joined as Nodes;
}

function inFlow(found: Found, flow: FlowDecl): void {
  inClauses(found, flow.elses, undefined);
  inClauses(found, flow.afters, undefined);
  for (const state of flow.states) inBlock(found, state.body);
}

function inBlock(found: Found, block: Block): void {
  for (const statement of block.statements) inStatement(found, statement);
}

function inArm(found: Found, arm: Arm | undefined): void {
  if (arm?.kind === "Block") inBlock(found, arm);
}

// One case for each kind of statement.
function inStatement(found: Found, s: Statement): void {
  switch (s.kind) {
    case "Say":
      found.says.push(s);
      for (const clause of s.clauses) {
        if (clause.kind === "HeaderClause" || clause.kind === "FooterClause") found.edges.push({ of: s, clause });
      }
      return;
    case "Send":
      found.sends.push(s);
      if (s.what.kind === "SendProducts") inClauses(found, s.what.clauses, s);
      return;
    case "React":
      found.reacts.push(s);
      return;
    case "Typing":
      found.typings.push(s);
      return;
    case "Ask":
      found.asks.push(s);
      return inClauses(found, s.clauses, s);
    case "Set":
      found.sets.push(s);
      return inArm(found, s.orElse);
    case "Let":
    case "Do":
      return inArm(found, s.orElse);
    case "If":
      inBlock(found, s.then);
      if (s.orElse?.kind === "If") inStatement(found, s.orElse);
      else inArm(found, s.orElse);
      return;
    case "Match":
      for (const arm of s.arms) inArm(found, arm.arm);
      return;
    case "Handoff":
      return inArm(found, s.back?.arm);
    case "Schedule":
    case "Cancel":
    case "Wait":
    case "Call":
    case "Arrow":
    case "Return":
    case "Forget":
    case "InvalidStatement":
  }
}

function inClauses(found: Found, clauses: readonly AskClause[], of: Ask | Send | undefined): void {
  for (const c of clauses) {
    switch (c.kind) {
      case "Option":
      case "TextClause":
      case "AfterClause":
      case "EmptyClause":
        inArm(found, c.arm);
        break;
      case "ElseClause":
        found.elses.push(c);
        inArm(found, c.retry?.arm);
        inArm(found, c.arm);
        break;
      case "HeaderClause":
      case "FooterClause":
        if (of) found.edges.push({ of, clause: c });
        break;
      case "Section":
        if (of?.kind === "Ask") addSection(found, of, c);
        inClauses(found, c.clauses, of);
        break;
      case "ForRows":
        inClauses(found, c.clauses, of);
        break;
      default:
    }
  }
}

function addSection(found: Found, ask: Ask, section: Section): void {
  const sections = found.sections.get(ask);
  if (sections) sections.push(section);
  else found.sections.set(ask, [section]);
}
