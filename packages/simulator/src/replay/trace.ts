/** What a bot did, as JSON lines without any value: written where it runs, read where it is compared. */
import { type Machine, optionIds, type Trace } from "@parley/machine";
import type { BotEvent } from "@parley/runtime";

export interface TraceLine {
  readonly v: 1;
  /** Ms since 1970. */
  readonly at: number;
  /** Opaque. */
  readonly contact: string;
  /** Kind of the machine's event. */
  readonly event: string;
  readonly trace: readonly Trace[];
}

/** Undefined for what is no turn, and for turns in which nothing happened. Ids of rows that come from data are left out. */
export function traceLine(machine: Machine, event: BotEvent, at: number): TraceLine | undefined {
  if (event.kind !== "turn") return undefined;
  const trace = event.trace.flatMap((one): readonly Trace[] => {
    if (one.kind === "row-dropped") return [];
    if (one.kind !== "answer" || one.option === undefined) return [one];
    const isRow = optionOf(machine, one.ask, one.option, one.row) === ROW;
    return [isRow ? { ...one, option: ROW } : one];
  });
  return trace.length === 0 ? undefined : { v: 1, at, contact: event.contact, event: event.event, trace };
}

/** Stands for the id of a row of data. */
const ROW = "{}";

/** Throws a `SyntaxError` that names the line where one is none of ours. Empty lines count for nothing. */
export function tracesIn(text: string): readonly TraceLine[] {
  return text.split("\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    const value = parsed(line);
    if (!isTraceLine(value)) throw new SyntaxError(`line ${at + 1} is no line of a trace`);
    return [value];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isTraceLine(value: unknown): value is TraceLine {
  if (typeof value !== "object" || value === null) return false;
  const { v, at, contact, event, trace } = value as Partial<Readonly<Record<keyof TraceLine, unknown>>>;
  const texts = typeof contact === "string" && typeof event === "string";
  return v === 1 && typeof at === "number" && texts && Array.isArray(trace) && trace.every(isTrace);
}

function isTrace(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

/**
 * A turn in words, without what depends on values that are not recorded: which row of a list of data somebody chose, and
 * in which way an action failed.
 */
export function stepsOf(machine: Machine, trace: readonly Trace[]): readonly string[] {
  return trace.flatMap((one): readonly string[] => {
    switch (one.kind) {
      case "begin":
        return [`begin ${one.flow} by ${one.trigger}`];
      case "enter":
        return [`enter ${one.flow}.${one.state}`];
      case "send":
        return [`send ${one.message}`];
      case "ask":
        return [`ask ${one.ask}${one.again ? " again" : ""}`];
      case "answer": {
        const option = one.option === undefined ? "" : ` ${optionOf(machine, one.ask, one.option, one.row)}`;
        return [`answer ${one.ask} by ${one.by}${option}`];
      }
      case "after":
        return [`after ${one.ask} ${one.index + 1}`];
      case "action":
        return [`action ${one.call}${one.outcome === undefined ? "" : one.outcome === "ok" ? " answers" : " fails"}`];
      case "reopen":
        return [`reopen ${one.ask}`];
      case "row-dropped":
        return [];
      default:
        return [`${one.kind} ${one.what}`.trim()];
    }
  });
}

function optionOf({ asks }: Machine, ask: string, option: string, row: string | undefined): string {
  if (row !== undefined) return ROW;
  const def = asks[ask];
  if (!def) return option;
  const ids = optionIds(def);
  const isRow = [...ids.keys()].some((id) => id.startsWith(`${ask}:{`));
  return isRow && !ids.has(`${ask}:${option}`) ? ROW : option;
}
