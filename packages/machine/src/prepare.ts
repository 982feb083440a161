/** What the interpreter looks up in a machine, found when first needed and kept: make one for each machine and keep it. */
import { StepError } from "./errors.ts";
import type { AskDef, Expr, FlowDef, Machine, Pc } from "./format.ts";
import { own } from "./own.ts";
import { type Triggers, triggersOf } from "./triggers.ts";
import { createFacts, type Facts } from "./typed/locale.ts";
import { type Offset, offsetOf } from "./value/zone.ts";

export interface Prepared {
  readonly machine: Machine;
  /** Of the machine's time zone. */
  readonly offset: Offset;
  readonly facts: Facts;
  readonly flow: (name: string) => PreparedFlow;
  readonly triggers: () => Triggers;
}

export interface PreparedFlow {
  readonly name: string;
  readonly def: FlowDef;
  readonly first: Pc;
  /** Variables that have a value at first. */
  readonly inits: readonly (readonly [name: string, init: Expr])[];
  /** Where each ask, wait, action, call and hand-off stands, by its id. */
  readonly places: ReadonlyMap<string, Pc>;
  readonly hasLets: boolean;
}

export function prepare(machine: Machine): Prepared {
  const flows = new Map<string, PreparedFlow>();
  let triggers: Triggers | undefined;
  let offset: Offset | undefined;
  return {
    machine,
    facts: createFacts(),
    offset: (moment) => {
      offset ??= offsetOf(machine.timezone);
      return offset(moment);
    },
    flow: (name) => {
      const known = flows.get(name);
      if (known) return known;
      const flow = prepareFlow(machine, name);
      flows.set(name, flow);
      return flow;
    },
    triggers: () => {
      triggers ??= triggersOf(machine);
      return triggers;
    },
  };
}

function prepareFlow(machine: Machine, name: string): PreparedFlow {
  const def = own(machine.flows, name);
  if (!def) throw new StepError(`the machine has no flow ${name}`);
  const inits: (readonly [string, Expr])[] = [];
  for (const [slot, { init }] of Object.entries(def.vars)) if (init !== undefined) inits.push([slot, init]);
  const [first = 0] = Object.values(def.states);
  return { name, def, first, inits, places: placesOf(def), hasLets: Object.keys(def.lets).length > 0 };
}

function placesOf(def: FlowDef): ReadonlyMap<string, Pc> {
  const places = new Map<string, Pc>();
  for (const [pc, instr] of def.code.entries()) {
    if (instr.op === "ask") places.set(instr.ask, pc);
    else if (instr.op === "wait" || instr.op === "action" || instr.op === "call" || instr.op === "handoff")
      places.set(instr.id, pc);
  }
  return places;
}

/** The ask under its name in this machine, where it had another when its message was sent; undefined where it is gone. */
export function resolveAsk(machine: Machine, id: string): AskDef | undefined {
  const { asks, was } = machine;
  const known = own(asks, id) ?? own(asks, own(was.ask, id) ?? "");
  if (known) return known;
  const [flow = "", state = "", ...rest] = id.split(".");
  const newFlow = own(was.flow, flow) ?? flow;
  const newState = own(was.state, `${flow}.${state}`) ?? own(was.state, `${newFlow}.${state}`) ?? state;
  const prefix = newState.includes(".") ? newState : `${newFlow}.${newState}`;
  const moved = [prefix, ...rest].join(".");
  return own(asks, own(was.ask, moved) ?? moved);
}

/** The flow of an ask id, under its name in this machine. */
export function flowOfAsk(machine: Machine, id: string): string | undefined {
  const flow = id.slice(0, Math.max(0, id.indexOf(".")));
  const name = own(machine.was.flow, flow) ?? flow;
  return Object.hasOwn(machine.flows, name) ? name : undefined;
}
