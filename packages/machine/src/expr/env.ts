/** What expressions can see. A turn is one; tests and tools make their own with `envOf`. */
import type { Machine, Value } from "../format.ts";
import type { ContactInfo, Frame, Reply, Snapshot } from "../snapshot.ts";
import { createFacts, type Facts } from "../typed/locale.ts";
import { type Offset, offsetOf } from "../value/zone.ts";

/** A slot that a `for` or a comprehension holds for the moment. */
interface Bound {
  readonly slot: string;
  readonly value: Value;
  /** Of rows that are shown as they were sent: which of those kept it is. */
  readonly index?: number;
  readonly outer: Bound | null;
}

export interface Env {
  readonly machine: Machine;
  readonly now: number;
  readonly seed: string;
  /** Random numbers that were drawn. */
  drawn: number;
  /** In whose words labels are printed. */
  locale: string;
  /** Of the innermost frame. */
  vars: Readonly<Record<string, Value>>;
  bound: Bound | null;
  contact: ContactInfo;
  /** The contact's own locale. */
  contactLocale: string;
  profile: Readonly<Record<string, Value>>;
  reply: Reply | null;
  lastUserAt: number | null;
  failure: string | null;
  /** What `env.X` reads. */
  readonly outside: Readonly<Record<string, string>>;
  /** Of the machine's time zone. */
  readonly offset: Offset;
  readonly facts: Facts;
}

export interface EnvOptions {
  readonly now: number;
  readonly seed?: string;
  readonly outside?: Readonly<Record<string, string>>;
  /** Whose variables; absent: the innermost frame's. */
  readonly flow?: string;
}

/** The surroundings of an expression at a moment between two turns. */
export function envOf(machine: Machine, snapshot: Snapshot, options: EnvOptions): Env {
  const frames = snapshot.conversation?.frames ?? [];
  const frame: Frame | undefined =
    options.flow === undefined ? frames.at(-1) : frames.findLast(({ flow }) => flow === options.flow);
  return {
    machine,
    now: options.now,
    seed: options.seed ?? "0",
    drawn: 0,
    locale: snapshot.locale,
    vars: frame?.vars ?? {},
    bound: null,
    contact: snapshot.contact,
    contactLocale: snapshot.locale,
    profile: snapshot.profile,
    reply: snapshot.reply,
    lastUserAt: snapshot.lastUserAt,
    failure: frame?.failure ?? null,
    outside: options.outside ?? {},
    offset: offsetOf(machine.timezone),
    facts: createFacts(),
  };
}
