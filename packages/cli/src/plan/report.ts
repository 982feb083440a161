/** What `parley plan` tells, in every format. */
import type { Machine } from "@parley/machine";
import type { Plan } from "@parley/runtime";

export interface PlanReport extends Plan {
  readonly name: string;
  /** Cases of enums that are gone, and to which no `was` leads: by enum. */
  readonly lostCases: Readonly<Record<string, readonly string[]>>;
  /** Conversations of `--sessions`, by place of today's machine. */
  readonly sessions?: Sessions;
  /** Conversations of today's machine that were really carried over: all came where the plan says. */
  readonly carried: number;
}

export function lostCasesOf(from: Machine, to: Machine): PlanReport["lostCases"] {
  const lost = Object.entries(from.enums).map(([name, { cases }]) => {
    const now = to.enums[name]?.cases;
    const gone = Object.keys(cases).filter((one) => {
      const renamed = to.was.case[`${name}.${one}`]?.slice(name.length + 1);
      return now && !Object.hasOwn(now, one) && !Object.hasOwn(now, renamed ?? "");
    });
    return [name, gone] as const;
  });
  return Object.fromEntries(lost.filter(([, cases]) => cases.length > 0));
}

export interface Sessions {
  /** Contacts without a conversation are none. */
  readonly conversations: number;
  readonly stranded: number;
  readonly places: readonly SessionsAt[];
}

export interface SessionsAt {
  /** Empty in a hand-off that a person at the business began. */
  readonly at: string;
  readonly conversations: number;
  readonly stranded: number;
}

/** With sessions it is people that count, without them the places where people can be. */
export function strands({ places, sessions }: PlanReport): boolean {
  return sessions ? sessions.stranded > 0 : places.some(({ fate }) => fate === "stranded");
}
