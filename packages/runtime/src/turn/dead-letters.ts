/** Events that were not stepped, and taking them up again when what they failed on is repaired. */
import type { Event } from "@parley/machine";
import type { Core } from "../engine/core.ts";
import type { EventBody, Job } from "../engine/job.ts";
import type { Queue } from "../engine/queue.ts";
import { ArgumentError } from "../errors.ts";
import type { Loaded } from "../store.ts";
import type { DeadLetter } from "../types.ts";

const MOST_LISTED = 1_000;

export async function listDeadLetters(core: Core, limit: number = 100): Promise<readonly DeadLetter[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
    throw new ArgumentError(`\`limit\` is a whole number from 1 to ${MOST_LISTED}`);
  const rows = await core.store.filed(limit);
  return rows.map(({ id, kind, reason, at, event, contact }) => ({
    id,
    kind,
    reason,
    at,
    contact,
    event: event?.kind ?? null,
  }));
}

/** The turn gives it a clock and a seed of its own. */
function bodyOf({ now: _now, seed: _seed, ...body }: Event): EventBody {
  return body;
}

/** Of the conversation as it is now: a copy that was found then may be of what is erased since. */
function withoutCopy(body: EventBody): EventBody {
  if (body.kind !== "message") return body;
  const { copy: _copy, ...rest } = body;
  return rest;
}

interface Found {
  known: boolean;
  event: boolean;
  /** How often it was prepared: a second time where stepping it threw. */
  times: number;
}

function redriveJob(core: Core, id: string, found: Found): Job {
  const prepare = ({ filed, contact }: Loaded): ReturnType<Job["prepare"]> => {
    found.times += 1;
    found.known = filed !== undefined && contact !== null;
    found.event = filed?.event != null;
    if (!filed?.event || !contact) return { writes: [] };
    return { writes: [{ kind: "dropFiled", filed: id }], event: withoutCopy(bodyOf(filed.event)) };
  };
  const arrival = { now: core.clock.now(), find: { by: "filed", filed: id } } as const;
  return { what: "redrive", id: `redrive/${id}`, filedAs: id, arrival, prepare };
}

/** Steps it in the conversation as it stands; false where that throws again: then it stays a dead letter. */
export async function redriveDeadLetter(core: Core, queue: Queue, id: string): Promise<boolean> {
  const found: Found = { known: false, event: false, times: 0 };
  await queue.push([redriveJob(core, id, found)]);
  if (!found.known) throw new ArgumentError("there is no dead letter of this id");
  if (!found.event) throw new ArgumentError("of this dead letter no event was kept");
  return found.times === 1;
}
