/** What became of an event, for counts, spans and the log. No text, no number, no name gets in. */
import type { Trace } from "@parley/machine";
import { masked, silent } from "../log.ts";
import type { Loaded, Outcome } from "../store.ts";
import type { Span } from "../telemetry/types.ts";
import type { BotEvent } from "../types.ts";
import type { Core } from "./core.ts";
import type { Job, JobResult, TurnFacts } from "./job.ts";

export type EventOutcome = "stepped" | "nothing" | "dup" | "late" | "poison" | "expired" | "throttled";

/** What was seen of an arrival while its transaction ran. */
export interface Seen {
  readonly span: Span;
  /** Of the send that a status is about, before it. */
  doubtful: boolean;
  seconds: number;
}

export function seenOf(loaded: Loaded, seen: Seen, seconds: number): void {
  seen.doubtful = loaded.send?.state === "doubt";
  seen.seconds += seconds;
}

function isLate(event: BotEvent): boolean {
  return event.kind === "turn" && event.trace.some((one) => one.kind === "ignored" && one.what === "late");
}

export function outcomeOf(outcome: Outcome<JobResult> | undefined): EventOutcome {
  if (!outcome || outcome.kind === "duplicate") return "dup";
  const { filed, report } = outcome.result;
  if (filed) return filed.kind;
  if (report.some(isLate)) return "late";
  return report.some(({ kind }) => kind === "turn") ? "stepped" : "nothing";
}

function nodeLabels(ask: string): { readonly flow: string; readonly node: string } {
  return { flow: ask.split(".")[0] ?? "", node: ask };
}

function countTrace({ meter }: Core, trace: Trace): void {
  switch (trace.kind) {
    case "ask":
      if (!trace.again) meter.add("waits_entered", nodeLabels(trace.ask));
      break;
    case "answer":
      if (trace.by !== "duplicate") meter.add("waits_answered", nodeLabels(trace.ask));
      break;
    case "after":
      meter.add("waits_timed_out", nodeLabels(trace.ask));
      break;
    default:
  }
}

function countReport(core: Core, job: Job, seen: Seen, event: BotEvent): void {
  const { meter } = core;
  switch (event.kind) {
    case "turn":
      for (const trace of event.trace) countTrace(core, trace);
      break;
    case "sent":
      meter.add("messages_sent");
      break;
    case "send-failed":
      if (event.final) meter.add("sends_failed", { code: String(event.code ?? "none") });
      if (job.what === "window") meter.add("window_closed");
      if (job.what === "doubt") meter.add("in_doubt_settled", { by: event.final ? "giveup" : "resend" });
      break;
    case "action":
      meter.add("actions", { action: event.action, outcome: event.outcome });
      break;
    default:
  }
  if (job.what === "status" && seen.doubtful && (event.kind === "sent" || event.kind === "send-failed"))
    meter.add("in_doubt_settled", { by: "status" });
}

/** A contact's id is no name of theirs, but it is the same in all lines for ever: logs get another. */
function logged(core: Core, { contact, ...facts }: TurnFacts): object {
  return { sess: masked(core, contact), ...facts };
}

function countTimes({ meter }: Core, { what, happened, status, arrival }: Job): void {
  if (status !== undefined) meter.add("statuses", { status });
  if (happened === undefined) return;
  const lag = Math.max(0, arrival.now - happened) / 1000;
  if (what === "timer") meter.record("timer_lag_seconds", lag);
  if (what === "status") meter.record("status_lag_seconds", lag);
}

/** Counts, ends the span, and says one line. */
export function account(core: Core, job: Job, outcome: Outcome<JobResult> | undefined, seen: Seen): void {
  const what = outcomeOf(outcome);
  core.meter.add("events", { kind: job.what, outcome: what });
  core.meter.record("step_seconds", seen.seconds);
  countTimes(core, job);
  const result = outcome && outcome.kind !== "duplicate" ? outcome.result : undefined;
  for (const event of result?.report ?? []) countReport(core, job, seen, event);
  const turn = result?.turn;
  seen.span.set({
    "parley.outcome": what,
    ...(turn ? { "parley.flow": turn.flow ?? "", "parley.machine": turn.machine, "parley.rev": turn.rev } : {}),
    ...(turn?.at == null ? {} : { "parley.node": turn.at }),
  });
  seen.span.end(what === "poison" ? "error" : undefined);
  if (what === "nothing" || core.log === silent) return;
  const ms = Math.round(seen.seconds * 1e5) / 100;
  const dup = what === "dup" ? { dup: true } : {};
  const late = what === "late" ? { late: true } : {};
  core.log.info({ evt: job.what, ...(turn && logged(core, turn)), ms, ...dup, ...late }, "event");
}
