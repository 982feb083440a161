import { type Expr, envOf, evaluate, type Snapshot, type Value } from "@parley/machine";
import type { Session } from "./session.ts";

/** Of a contact who has not written yet. */
function blank({ simulation }: Session): Snapshot {
  const { machine, phone } = simulation;
  const { id, phone: number, name } = phone.contact;
  return {
    v: 1,
    machine: machine.hash,
    turn: 0,
    locale: machine.locales.default,
    contact: { id, phone: number ?? null, name },
    profile: {},
    lastUserAt: null,
    reply: null,
    pending: {},
    conversation: null,
  };
}

/** The value of an expression of the test, with the variables of its flow as they are, or were when the conversation ended. */
export function evaluateIn(session: Session, e: Expr): Value {
  const { machine, clock, env: outside } = session.simulation;
  const env = envOf(machine, session.snapshot ?? blank(session), { now: clock.now(), outside });
  return evaluate({ ...env, vars: session.frame?.vars ?? {} }, e);
}
