/**
 * Definite assignment: a variable without a value at first must be set on every path before it is read (P2004).
 *
 * Per flow, a set of variables is a bit mask and a point's mask holds those that are set on every way to it. The masks
 * at which states are entered only shrink, so a work list comes to a fixed point; one more walk then reports reads.
 */
import { diagnostic } from "../diagnostics/report.ts";
import type {
  AfterClause,
  Arm,
  Arrow,
  Ask,
  AskClause,
  Block,
  ElseClause,
  Expr,
  FieldDecl,
  FlowDecl,
  LValue,
  NameExpr,
  Option,
  StateDecl,
  Statement,
} from "../syntax/ast.ts";
import { eachName, eachOfAsk, eachOfSay, eachOfSend } from "./reads.ts";
import { isOptional } from "./relations.ts";
import { enumOf, hasOptions, impliedCases } from "./rows.ts";
import type { Typer } from "./typer.ts";

/** Variables of one walk; a flow with more is walked several times. */
const BITS = 30;
/** The mask where nothing gets to: all are set. */
const DEAD = -1;

interface Walk {
  readonly t: Typer;
  readonly flow: FlowDecl;
  readonly bits: ReadonlyMap<FieldDecl, number>;
  readonly entry: Map<StateDecl, number>;
  readonly work: Set<StateDecl>;
  /** Second part: masks are final, reads are reported. */
  reading: boolean;
  /** Reported in the state at hand; one report a variable and state. */
  reported: number;
  /** What is set at every ask that takes the flow's own `else` and `after`. */
  asks: number;
}

export function checkAssigned(t: Typer, flow: FlowDecl): void {
  const tracked = unsetAtFirst(t, flow);
  for (let i = 0; i < tracked.length; i += BITS) {
    const group = tracked.slice(i, i + BITS);
    walkFlow({
      t,
      flow,
      bits: new Map(group.map((field, bit) => [field, 1 << bit])),
      entry: new Map(),
      work: new Set(),
      reading: false,
      reported: 0,
      asks: DEAD,
    });
  }
}

function unsetAtFirst(t: Typer, flow: FlowDecl): readonly FieldDecl[] {
  const unset = (field: FieldDecl): boolean => {
    const type = t.ofDecl.get(field);
    return field.value === undefined && type !== undefined && type.kind !== "unknown" && !isOptional(type);
  };
  const fields = flow.vars.filter(unset);
  for (const { on } of flow.triggers) {
    if (on.kind === "OnEvent" || on.kind === "OnScheduled") fields.push(...on.params.filter(unset));
  }
  return fields;
}

function walkFlow(w: Walk): void {
  enterFromOutside(w);
  for (const state of w.work) {
    w.work.delete(state);
    walkBlock(w, state.body, w.entry.get(state) ?? DEAD);
  }
  w.reading = true;
  for (const state of w.flow.states) {
    w.reported = 0;
    walkBlock(w, state.body, w.entry.get(state) ?? DEAD);
  }
  w.reported = 0;
  for (const clause of w.flow.elses) {
    if (clause.text) read(w, clause.text, w.asks);
    walkArms(w, clause, w.asks);
  }
  for (const clause of w.flow.afters) walkArms(w, clause, w.asks);
}

/** A trigger starts with an event's parameters, a call with nothing set beyond the parameters. */
function enterFromOutside(w: Walk): void {
  const { flow, t } = w;
  const states = t.names.inFlow.get(flow)?.states;
  for (const { on, arrow } of flow.triggers) {
    const state = arrow.target === "state" ? states?.get(arrow.name.text) : undefined;
    const params = on.kind === "OnEvent" || on.kind === "OnScheduled" ? on.params : [];
    if (state)
      enter(
        w,
        state,
        params.reduce((mask, param) => mask | (w.bits.get(param) ?? 0), 0),
      );
    // A trigger's arrow to nowhere is reported; nothing is said about what it would have set.
    else if (arrow.target === "state") for (const other of flow.states) enter(w, other, DEAD);
  }
  const first = flow.states[0];
  if (first && (flow.triggers.length === 0 || t.names.enteredFrom.has(flow))) enter(w, first, 0);
}

function enter(w: Walk, state: StateDecl, mask: number): void {
  if (w.reading) return;
  const before = w.entry.get(state);
  const after = (before ?? DEAD) & mask;
  if (before === after) return;
  w.entry.set(state, after);
  w.work.add(state);
}

function walkBlock(w: Walk, block: Block, at: number): number {
  let mask = at;
  for (const statement of block.statements) {
    if (mask === DEAD) return DEAD;
    mask = walkStatement(w, statement, mask);
  }
  return mask;
}

function walkArm(w: Walk, arm: Arm, mask: number): number {
  if (arm.kind === "Block") return walkBlock(w, arm, mask);
  if (arm.kind === "Arrow") walkArrow(w, arm, mask);
  return DEAD;
}

function walkArrow(w: Walk, arrow: Arrow, mask: number): void {
  for (const arg of arrow.args) read(w, arg, mask);
  const state = arrow.target === "state" ? w.t.names.inFlow.get(w.flow)?.states.get(arrow.name.text) : undefined;
  if (state) enter(w, state, mask);
}

// One case for each kind of statement that reads, sets or branches.
function walkStatement(w: Walk, s: Statement, mask: number): number {
  switch (s.kind) {
    case "Say":
      if (w.reading) eachOfSay(s, (expr) => read(w, expr, mask));
      return mask;
    case "Send":
      if (w.reading) eachOfSend(s, (expr) => read(w, expr, mask));
      return mask;
    case "React":
      if (s.emoji) read(w, s.emoji, mask);
      return mask;
    case "Ask":
      return walkAsk(w, s, mask);
    case "Let":
      read(w, s.value, mask);
      return s.orElse ? walkArm(w, s.orElse, mask) & mask : mask;
    case "Set":
      read(w, s.value, mask);
      if (s.target.names.length > 1) readTarget(w, s.target, mask);
      return (s.orElse ? walkArm(w, s.orElse, mask) : DEAD) & (mask | bitOf(w, s.target));
    case "Do":
      for (const arg of s.args) read(w, arg, mask);
      return s.orElse ? walkArm(w, s.orElse, mask) & mask : mask;
    case "If": {
      read(w, s.condition, mask);
      const orElse = s.orElse;
      const other = !orElse ? mask : orElse.kind === "If" ? walkStatement(w, orElse, mask) : walkBlock(w, orElse, mask);
      return walkBlock(w, s.then, mask) & other;
    }
    case "Match":
      read(w, s.value, mask);
      return s.arms.reduce((after, arm) => after & walkArm(w, arm.arm, mask), s.arms.length > 0 ? DEAD : mask);
    case "Schedule":
      for (const arg of s.args) read(w, arg, mask);
      read(w, s.time, mask);
      return mask;
    case "Wait":
      read(w, s.time, mask);
      return mask;
    case "Call": {
      for (const arg of s.args) read(w, arg, mask);
      const target = s.as && w.t.names.refs.get(s.as);
      return target?.kind === "var" ? mask | (w.bits.get(target.decl) ?? 0) : mask;
    }
    case "Arrow":
      walkArrow(w, s, mask);
      return DEAD;
    case "Return":
      if (s.value) read(w, s.value, mask);
      return DEAD;
    case "Handoff":
      read(w, s.queue, mask);
      if (s.back) walkArm(w, s.back.arm, mask);
      return DEAD;
    case "Forget":
      return DEAD;
    case "Cancel":
    case "Typing":
    case "InvalidStatement":
      return mask;
  }
}

// ---------------------------------------------------------------- asks

function walkAsk(w: Walk, ask: Ask, mask: number): number {
  if (w.reading) eachOfAsk(ask, (expr) => read(w, expr, mask));
  if (ask.as && ask.as.names.length > 1) readTarget(w, ask.as, mask);
  const set = mask | (ask.as ? bitOf(w, ask.as) : 0);
  // Beside a typed answer, an option leaves the variable as it was.
  const [chosen, after] = hasOptions(ask) ? [set, DEAD] : [mask, set];
  const cases = enumOf(w.t, ask)?.cases;
  const asked: Asked = { mask, chosen, cases, after, hasElse: false, leaves: false };
  walkClauses(w, ask.clauses, asked);
  if (ask.ask !== "template") flowClauses(w, asked);
  return impliedCases(w.t, ask).length > 0 ? asked.after & set : asked.after;
}

/** An ask while its clauses are walked. */
interface Asked {
  /** When it is sent. */
  readonly mask: number;
  /** When an option is chosen that gives the answer. */
  readonly chosen: number;
  /** Of the variable's enum: other options leave it as it was. */
  readonly cases: readonly string[] | undefined;
  /** On every way on. */
  after: number;
  hasElse: boolean;
  /** One of its `after` clauses does. */
  leaves: boolean;
}

function walkClauses(w: Walk, clauses: readonly AskClause[], asked: Asked): void {
  for (const clause of clauses) {
    switch (clause.kind) {
      case "Option":
        asked.after &= walkOption(w, clause, asked);
        break;
      case "TextClause":
      case "EmptyClause":
        asked.after &= walkArm(w, clause.arm, asked.mask);
        break;
      case "ElseClause":
        asked.hasElse = true;
        walkArms(w, clause, asked.mask);
        break;
      case "AfterClause":
        if (walkArm(w, clause.arm, asked.mask) === DEAD) asked.leaves = true;
        break;
      case "Section":
      case "ForRows":
        walkClauses(w, clause.clauses, asked);
        break;
      default:
    }
  }
}

function walkOption(w: Walk, { id, arm }: Option, { cases, chosen, mask }: Asked): number {
  const gives = !cases || (id.kind === "Name" ? cases.includes(id.text) : w.t.ofExpr.get(id)?.kind !== "text");
  const set = gives ? chosen : mask;
  return arm ? walkArm(w, arm, set) : set;
}

/** The flow's own `else` and `after` hold for asks without theirs. */
function flowClauses(w: Walk, { mask, hasElse, leaves }: Asked): void {
  const { elses, afters } = w.flow;
  if (w.reading) {
    if ((!hasElse && elses.length > 0) || (!leaves && afters.length > 0)) w.asks &= mask;
    return;
  }
  if (!hasElse) for (const clause of elses) walkArms(w, clause, mask);
  if (!leaves) for (const clause of afters) walkArms(w, clause, mask);
}

function walkArms(w: Walk, clause: ElseClause | AfterClause, mask: number): void {
  if (clause.kind === "ElseClause" && clause.retry) walkArm(w, clause.retry.arm, mask);
  if (clause.arm) walkArm(w, clause.arm, mask);
}

// ---------------------------------------------------------------- variables

function bitOf(w: Walk, target: LValue): number {
  const [first, ...rest] = target.names;
  const referent = first && w.t.names.refs.get(first);
  return referent?.kind === "var" && rest.length === 0 ? (w.bits.get(referent.decl) ?? 0) : 0;
}

function readTarget(w: Walk, target: LValue, mask: number): void {
  const first = target.names[0];
  const referent = first && w.t.names.refs.get(first);
  if (w.reading && first && referent?.kind === "var") readVar(w, first, referent.decl, mask);
}

function read(w: Walk, expr: Expr, mask: number): void {
  if (!w.reading || mask === DEAD) return;
  eachName(expr, (name: NameExpr) => {
    const referent = w.t.names.refs.get(name);
    if (referent?.kind === "var") readVar(w, name, referent.decl, mask);
  });
}

function readVar(w: Walk, at: Parameters<typeof diagnostic>[1], decl: FieldDecl, mask: number): void {
  const bit = w.bits.get(decl) ?? 0;
  if (bit === 0 || (mask & bit) !== 0 || (w.reported & bit) !== 0) return;
  w.reported |= bit;
  const name = decl.name.text;
  const related = [{ span: decl.name, message: `\`${name}\` has no value at first` }];
  w.t.diagnostics.push(diagnostic("P2004", at, { problem: "unset", what: `\`${name}\`` }, { related }));
}
