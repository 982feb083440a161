/** The call stack of the conversation that a turn works on. */
import { StepError } from "../errors.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { Expr, Value } from "../format.ts";
import { own } from "../own.ts";
import type { PreparedFlow } from "../prepare.ts";
import type { Frame } from "../snapshot.ts";
import { isRecord } from "../value/fits.ts";
import type { Draft, Turn } from "./turn.ts";

export function draftOf(turn: Turn): Draft {
  if (!turn.conversation) throw new StepError("there is no conversation");
  return turn.conversation;
}

export function topFrame(turn: Turn): Frame {
  const frame = draftOf(turn).frames.at(-1);
  if (!frame) throw new StepError("the conversation has no frame");
  return frame;
}

/** Puts `frames` in the place of the stack; expressions see the innermost. */
export function setFrames(turn: Turn, frames: readonly Frame[]): void {
  const draft = draftOf(turn);
  const top = frames.at(-1);
  if (top?.flow !== draft.frames.at(-1)?.flow)
    for (const [at, frame] of draft.frames.entries()) if (frames[at]?.flow !== frame.flow) turn.left.push(frame);
  draft.frames = frames;
  turn.vars = top?.vars ?? {};
  turn.failure = top?.failure ?? null;
}

export function replaceTop(turn: Turn, frame: Frame): void {
  const { frames } = draftOf(turn);
  setFrames(turn, frames.length === 1 ? [frame] : frames.with(frames.length - 1, frame));
}

export function standAt(turn: Turn, at: string): void {
  const frame = topFrame(turn);
  if (frame.at !== at) replaceTop(turn, { ...frame, at });
}

/** A frame with the arguments in its parameters, and everything else as it is at first. */
export function newFrame(
  turn: Turn,
  flow: PreparedFlow,
  args: readonly Value[],
  names: readonly string[] = flow.def.params,
): Frame {
  const vars: Record<string, Value> = {};
  for (const [i, name] of names.entries()) {
    const value = args[i];
    if (value !== undefined) vars[name] = value;
  }
  const outer = turn.vars;
  turn.vars = vars;
  for (const [name, init] of flow.inits) if (!Object.hasOwn(vars, name)) vars[name] = evaluate(turn, init);
  turn.vars = outer;
  return { flow: flow.name, at: "", vars };
}

export function evaluateAll(turn: Turn, args: readonly Expr[]): readonly Value[] {
  return args.map((arg) => evaluate(turn, arg));
}

/** What `let` bound, rows and the reason of a failure are gone with their state. */
export function leaveState(turn: Turn, flow: PreparedFlow): void {
  const frame = topFrame(turn);
  const vars = flow.hasLets ? withoutLets(frame.vars, flow.def.lets) : frame.vars;
  if (vars === frame.vars && frame.failure === undefined) return;
  replaceTop(turn, { flow: frame.flow, at: frame.at, vars });
}

function withoutLets(vars: Frame["vars"], lets: PreparedFlow["def"]["lets"]): Frame["vars"] {
  const kept: Record<string, Value> = {};
  let left = false;
  for (const name in vars) {
    if (Object.hasOwn(lets, name)) left = true;
    else kept[name] = vars[name] ?? null;
  }
  return left ? kept : vars;
}

/** `path` after its root: a slot and fields in it. */
export function setSlot(turn: Turn, path: readonly string[], value: Value): void {
  const [slot = "", ...fields] = path;
  const frame = topFrame(turn);
  const next = fields.length === 0 ? value : withField(own(frame.vars, slot) ?? null, fields, value);
  replaceTop(turn, { ...frame, vars: { ...frame.vars, [slot]: next } });
}

function setProfile(turn: Turn, path: readonly string[], value: Value): void {
  const [name = "", ...fields] = path;
  const next = fields.length === 0 ? value : withField(own(turn.profile, name) ?? null, fields, value);
  turn.profile = { ...turn.profile, [name]: next };
}

function withField(record: Value, fields: readonly string[], value: Value): Value {
  const [name, ...rest] = fields;
  if (name === undefined) return value;
  const base = isRecord(record) ? record : {};
  return { ...base, [name]: withField(own(base, name) ?? null, rest, value) };
}

export type Path = readonly [root: "slot" | "profile" | "contact", ...string[]];

export function assign(turn: Turn, path: Path, value: Value): void {
  const [root, ...names] = path;
  switch (root) {
    case "slot":
      return setSlot(turn, names, value);
    case "profile":
      return setProfile(turn, names, value);
    case "contact":
      // The locale is the one field that a program sets.
      if (names[0] !== "locale" || typeof value !== "string") return;
      turn.contactLocale = value;
      turn.locale = value;
      return;
    default:
      return root satisfies never;
  }
}
