/** Load -> step -> save: what one arrival does to its contact, as a decision for the store. */
import type { Event, Machine, Snapshot } from "@parley/machine";
import type { Core } from "../engine/core.ts";
import type { EventBody, Job, JobResult, Prepared, TurnFacts } from "../engine/job.ts";
import { digest } from "../hash.ts";
import { errorFacts } from "../log.ts";
import type { Decision, Filed, Loaded } from "../store.ts";
import { apologize } from "./apology.ts";
import { actionRuns, type Draft, draftOf } from "./draft.ts";
import { effectWrites } from "./effects.ts";
import { told } from "./told.ts";

function eventOf(draft: Draft, body: EventBody): Event {
  const { contact, now, snapshot } = draft;
  const turn = (snapshot?.turn ?? 0) + 1;
  return {
    ...body,
    now,
    get seed() {
      return digest(32, "seed", contact.id, turn, body.id);
    },
  };
}

/** With the copy as the machine knows it; without, where it does not know its place any more: its conversation has ended. */
function inTermsOf(core: Core, machine: Machine, event: Event): Event {
  if (event.kind !== "message" || !event.copy) return event;
  const { copy, ...rest } = event;
  const moved = core.machines.copyFor(machine, copy);
  return moved ? { ...rest, copy: moved } : rest;
}

function step(core: Core, draft: Draft, body: EventBody): void {
  const { machine, snapshot, lost } = core.machines.choose(draft.snapshot);
  if (lost) core.log.error({}, "a conversation was given up: its machine is not kept");
  const event = inTermsOf(core, machine, eventOf(draft, body));
  const result = core.step(machine, snapshot, event, core.env);
  draft.snapshot = result.snapshot;
  const conversation = result.snapshot.conversation?.id ?? null;
  const trace = draft.trace === undefined ? {} : { trace: draft.trace };
  const end = { machine, turn: result.snapshot.turn, conversation, now: draft.now, ...trace };
  draft.writes.push(...effectWrites(end, result.effects));
  draft.report.push({
    kind: "turn",
    contact: draft.contact.id,
    event: event.kind,
    trace: result.trace,
    effects: told(machine, result.effects),
  });
}

function withoutCopy(event: Event): Event {
  if (event.kind !== "message") return event;
  const { copy: _copy, ...rest } = event;
  return rest;
}

/** Messages that came while an action ran, now that it does not any more; those that find another one running go on waiting. */
function stepHeld(core: Core, draft: Draft, held: readonly Event[]): void {
  if (held.length === 0 || actionRuns(draft.snapshot)) return;
  // What was kept when a message came is erased with the rest where its contact was forgotten since.
  const forgotten = draft.writes.some(({ kind }) => kind === "forget");
  draft.writes.push({ kind: "dropHeld" });
  for (const event of forgotten ? held.map(withoutCopy) : held)
    if (actionRuns(draft.snapshot)) draft.writes.push({ kind: "hold", event });
    else stepOne(core, draft, event);
}

/** One that throws is filed by itself: held on, it would fail every later arrival of its contact, too. */
function stepOne(core: Core, draft: Draft, event: Event): void {
  const { snapshot, writes, report } = draft;
  const before = { writes: writes.length, report: report.length };
  try {
    step(core, draft, event);
  } catch (error) {
    draft.snapshot = snapshot;
    writes.length = before.writes;
    report.length = before.report;
    const file: Filed = { id: filedId(event.id), kind: "poison", reason: reasonOf(error), at: draft.now, event };
    core.log.error({ what: "message", deadLetter: file.id, ...errorFacts(error) }, "a held event could not be stepped");
    writes.push({ kind: "file", file });
    report.push({ kind: "dead-letter", id: file.id, reason: file.reason, error });
    apologize(core, draft);
  }
}

function reasonOf(error: unknown): string {
  const { error: name, place } = errorFacts(error);
  return place === undefined ? name : `${name} at ${place}`;
}

function take(core: Core, draft: Draft, body: EventBody, held: readonly Event[]): void {
  if (body.kind === "message" && actionRuns(draft.snapshot)) {
    draft.writes.push({ kind: "hold", event: eventOf(draft, body) }, { kind: "heard", at: body.sentAt });
    return;
  }
  step(core, draft, body);
  stepHeld(core, draft, held);
}

function save(draft: Draft, before: Snapshot | null): void {
  if (draft.snapshot && draft.snapshot !== before) draft.writes.push({ kind: "snapshot", snapshot: draft.snapshot });
}

/** Where a conversation stands, for logs. */
function placeIn(snapshot: Snapshot | null): string | null {
  return snapshot?.conversation?.wait.id ?? null;
}

function factsOf(draft: Draft, before: Snapshot | null): TurnFacts | undefined {
  const { snapshot, writes, contact } = draft;
  if (!snapshot || snapshot === before) return undefined;
  return {
    contact: contact.id,
    rev: snapshot.turn,
    machine: snapshot.machine,
    flow: snapshot.conversation?.frames.at(-1)?.flow ?? null,
    from: placeIn(before),
    at: placeIn(snapshot),
    sends: writes.filter(({ kind }) => kind === "send").length,
    timers: writes.filter(({ kind }) => kind === "timer").length,
  };
}

function decisionOf(draft: Draft, prepared: Prepared, before: Snapshot | null, filed?: Filed): Decision<JobResult> {
  const report = [...(prepared.report ?? []), ...draft.report];
  const turn = factsOf(draft, before);
  return { writes: draft.writes, result: { report, ...(filed && { filed }), ...(turn && { turn }) } };
}

/** What the job does where all goes well. */
export function performJob(core: Core, job: Job, loaded: Loaded, trace: string | undefined): Decision<JobResult> {
  const prepared = job.prepare(loaded);
  const { contact } = loaded;
  if (!contact) return { writes: [], result: { report: prepared.report ?? [] } };
  const draft = draftOf(contact, loaded, job.arrival.now, trace);
  draft.writes.push(...prepared.writes);
  if (prepared.event) take(core, draft, prepared.event, loaded.held);
  save(draft, loaded.snapshot);
  const filed = prepared.writes.find((write) => write.kind === "file");
  return decisionOf(draft, prepared, loaded.snapshot, filed?.file);
}

/** Steps `body`, and where that throws too, ends the conversation: nobody would ever answer what it waits for. */
function stepOtherwise(core: Core, draft: Draft, body: EventBody): void {
  const writes = draft.writes.length;
  try {
    step(core, draft, body);
  } catch (error) {
    core.log.error(errorFacts(error), "a conversation was given up: its action's result cannot be stepped");
    draft.writes.length = writes;
    if (draft.snapshot) draft.snapshot = { ...draft.snapshot, conversation: null };
  }
}

/** Id of the dead letter that an event becomes. */
export function filedId(event: string): string {
  return digest(16, "filed", event);
}

/** What the job does where `performJob` threw: the event is filed, the conversation stays as it was and usable. */
export function poisonedJob(
  core: Core,
  job: Job,
  loaded: Loaded,
  trace: string | undefined,
  error: unknown,
): Decision<JobResult> {
  const prepared = job.prepare(loaded);
  const { contact } = loaded;
  const facts = errorFacts(error);
  const reason = reasonOf(error);
  core.log.error({ what: job.what, ...facts }, "an event could not be stepped");
  if (!contact) return { writes: [], result: { report: [] } };
  const draft = draftOf(contact, loaded, job.arrival.now, trace);
  const { event, otherwise } = prepared;
  const filed: Filed = {
    id: job.filedAs ?? filedId(job.id),
    kind: "poison",
    reason,
    at: job.arrival.now,
    event: event ? eventOf(draft, event) : null,
  };
  draft.writes.push(...prepared.writes, { kind: "file", file: filed });
  if (event?.kind === "message") draft.writes.push({ kind: "heard", at: event.sentAt });
  if (otherwise) stepOtherwise(core, draft, otherwise);
  if (job.what === "message" || job.what === "result") apologize(core, draft);
  save(draft, loaded.snapshot);
  const { writes, result } = decisionOf(draft, prepared, loaded.snapshot, filed);
  return { writes, result: { ...result, error } };
}
