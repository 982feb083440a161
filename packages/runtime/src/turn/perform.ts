/** Load -> step -> save: what one arrival does to its contact, as a decision for the store. */
import type { Event, Snapshot } from "@parley/machine";
import type { Core } from "../engine/core.ts";
import type { EventBody, Job, JobResult, Prepared } from "../engine/job.ts";
import { digest } from "../hash.ts";
import { errorFacts } from "../log.ts";
import type { Decision, Filed, Loaded } from "../store.ts";
import { apologize } from "./apology.ts";
import { actionRuns, type Draft, draftOf } from "./draft.ts";
import { effectWrites } from "./effects.ts";
import { told } from "./told.ts";

function eventOf(draft: Draft, body: EventBody): Event {
  const turn = (draft.snapshot?.turn ?? 0) + 1;
  const seed = digest(32, "seed", draft.contact.id, turn, body.id);
  return { ...body, now: draft.now, seed };
}

function step(core: Core, draft: Draft, body: EventBody): void {
  const { machine, snapshot, lost } = core.machines.choose(draft.snapshot);
  if (lost) core.log.error({}, "a conversation was given up: its machine is not kept");
  const event = eventOf(draft, body);
  const result = core.step(machine, snapshot, event, core.env);
  draft.snapshot = result.snapshot;
  const conversation = result.snapshot.conversation?.id ?? null;
  const end = { machine, turn: result.snapshot.turn, conversation, now: draft.now };
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
    else step(core, draft, event);
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

function decisionOf(draft: Draft, prepared: Prepared, filed?: Filed): Decision<JobResult> {
  const report = [...(prepared.report ?? []), ...draft.report];
  return { writes: draft.writes, result: filed ? { report, filed } : { report } };
}

/** What the job does where all goes well. */
export function performJob(core: Core, job: Job, loaded: Loaded): Decision<JobResult> {
  const prepared = job.prepare(loaded);
  const { contact } = loaded;
  if (!contact) return { writes: [], result: { report: prepared.report ?? [] } };
  const draft = draftOf(contact, loaded, job.arrival.now);
  draft.writes.push(...prepared.writes);
  if (prepared.event) take(core, draft, prepared.event, loaded.held);
  save(draft, loaded.snapshot);
  const filed = prepared.writes.find((write) => write.kind === "file");
  return decisionOf(draft, prepared, filed?.file);
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

/** What the job does where `performJob` threw: the event is filed, the conversation stays as it was and usable. */
export function poisonedJob(core: Core, job: Job, loaded: Loaded, error: unknown): Decision<JobResult> {
  const prepared = job.prepare(loaded);
  const { contact } = loaded;
  const facts = errorFacts(error);
  const reason = facts.place === undefined ? facts.error : `${facts.error} at ${facts.place}`;
  core.log.error({ what: job.what, ...facts }, "an event could not be stepped");
  if (!contact) return { writes: [], result: { report: [] } };
  const draft = draftOf(contact, loaded, job.arrival.now);
  const { event, otherwise } = prepared;
  const filed: Filed = {
    id: digest(16, "filed", job.id),
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
  const { writes, result } = decisionOf(draft, prepared, filed);
  return { writes, result: { ...result, error } };
}
