/** Which trigger an event or a message fires. */
import type { Machine, PatternDef, TriggerDef, TriggerOn } from "./format.ts";
import { foldText, normalText } from "./text/fold.ts";
import { runPattern } from "./text/pattern.ts";

export interface Trigger {
  readonly flow: string;
  readonly def: TriggerDef;
}

interface Patterned extends Trigger {
  readonly patterns: readonly PatternDef[];
}

/** Triggers of messages, in the order in which they are tried; within a list by written order. */
interface MessageTriggers {
  readonly sources: ReadonlyMap<string, Trigger>;
  readonly order: Trigger | undefined;
  readonly texts: ReadonlyMap<string, Trigger>;
  readonly patterns: readonly Patterned[];
  readonly referral: Trigger | undefined;
  readonly message: Trigger | undefined;
}

export interface Triggers {
  readonly all: MessageTriggers;
  /** The `anytime` ones alone. */
  readonly anytime: MessageTriggers;
  /** By kind and name, such as `event order_ready`. */
  readonly events: ReadonlyMap<string, Trigger>;
  /** By flow. */
  readonly stale: ReadonlyMap<string, Trigger>;
  readonly windowClosed: ReadonlyMap<string, Trigger>;
}

/** What a message has that triggers look at. */
export interface Firing {
  /** Typed. */
  readonly text: string | null;
  readonly source: string | null;
  readonly isReferral: boolean;
  readonly isOrder: boolean;
}

export function triggersOf(machine: Machine): Triggers {
  const all: Trigger[] = Object.entries(machine.flows).flatMap(([flow, { triggers }]) =>
    triggers.map((def) => ({ flow, def })),
  );
  return {
    all: messageTriggers(all),
    anytime: messageTriggers(all.filter(({ def }) => def.anytime === true)),
    events: new Map(
      all.flatMap((trigger) => {
        const { on } = trigger.def;
        return on.kind === "event" || on.kind === "scheduled" ? [[eventKey(on.kind, on.name), trigger] as const] : [];
      }),
    ),
    stale: byFlow(all, "stale"),
    windowClosed: byFlow(all, "window_closed"),
  };
}

export function eventKey(kind: "event" | "scheduled", name: string): string {
  return `${kind} ${name}`;
}

function byFlow(triggers: readonly Trigger[], kind: TriggerOn["kind"]): ReadonlyMap<string, Trigger> {
  return new Map(ofKind(triggers, kind).map((trigger) => [trigger.flow, trigger]));
}

function ofKind(triggers: readonly Trigger[], kind: TriggerOn["kind"]): readonly Trigger[] {
  return triggers.filter(({ def }) => def.on.kind === kind);
}

function messageTriggers(triggers: readonly Trigger[]): MessageTriggers {
  const sources = new Map<string, Trigger>();
  const texts = new Map<string, Trigger>();
  const patterns: Patterned[] = [];
  for (const trigger of triggers) {
    const { on } = trigger.def;
    if (on.kind === "referral" && on.source !== undefined && !sources.has(on.source)) sources.set(on.source, trigger);
    if (on.kind !== "text") continue;
    for (const text of on.texts) if (!texts.has(text)) texts.set(text, trigger);
    if (on.patterns.length > 0) patterns.push({ ...trigger, patterns: on.patterns });
  }
  return {
    sources,
    texts,
    patterns,
    order: ofKind(triggers, "order")[0],
    referral: triggers.find(({ def }) => def.on.kind === "referral" && def.on.source === undefined),
    message: ofKind(triggers, "message")[0],
  };
}

/** The first that fits: a referral of that source, an order, the text, a pattern, any referral, any message. */
export function firedBy(triggers: MessageTriggers, firing: Firing): Trigger | undefined {
  const { sources, texts, patterns, order, referral, message } = triggers;
  return (
    (firing.source === null ? undefined : sources.get(firing.source)) ??
    (firing.isOrder ? order : undefined) ??
    byText(texts, patterns, firing.text) ??
    (firing.isReferral ? referral : undefined) ??
    message
  );
}

function byText(
  texts: ReadonlyMap<string, Trigger>,
  patterns: readonly Patterned[],
  text: string | null,
): Trigger | undefined {
  if (text === null) return undefined;
  const exact = texts.size === 0 ? undefined : texts.get(foldText(text));
  if (exact || patterns.length === 0) return exact;
  return patterns.find((trigger) => matchesPattern(trigger.patterns, text));
}

/** Patterns search the text as written, but for white space and forms of the same character. */
export function matchesPattern(patterns: readonly PatternDef[], text: string): boolean {
  if (patterns.length === 0) return false;
  const normal = normalText(text);
  return patterns.some(({ program }) => runPattern(program, normal));
}
