/** Timers and scheduled events that fell due. */
import type { Core } from "../engine/core.ts";
import type { EventBody, Job } from "../engine/job.ts";
import type { DueTimer } from "../store.ts";

/** After a start, overdue timers wait so long for the messages that WhatsApp kept meanwhile. */
export const OVERDUE_GRACE_MS = 60_000;

function eventOf({ contact, timer }: DueTimer): EventBody {
  const due = timer.due ?? 0;
  const id = `${timer.kind}/${contact}/${timer.name}/${timer.armed}/${due}`;
  return timer.kind === "timer"
    ? { kind: "timer", id, name: timer.name, armed: timer.armed, due }
    : { kind: "scheduled", id, name: timer.name, args: timer.args };
}

/** Fires the timer if it still stands as it was listed: a turn since may have set it anew or taken it away. */
export function timerJob(core: Core, listed: DueTimer): Job {
  const { contact, timer } = listed;
  const key = { kind: timer.kind, name: timer.name };
  const event = eventOf(listed);
  return {
    what: "timer",
    id: event.id,
    happened: timer.due ?? core.clock.now(),
    ...(timer.trace === undefined ? {} : { link: timer.trace }),
    arrival: { now: core.clock.now(), find: { by: "timer", contact, timer: key } },
    prepare: ({ timer: found }) =>
      found && found.armed === timer.armed && found.due === timer.due
        ? { writes: [{ kind: "dropTimer", timer: key }], event }
        : { writes: [] },
  };
}
