/** What becomes of a send after its request, after its window closed, and after nobody settled its doubt. */
import type { SendResult } from "../cloud-api/answer.ts";
import type { Core } from "../engine/core.ts";
import type { Job, Prepared } from "../engine/job.ts";
import { sentTwice } from "../log.ts";
import type { Loaded, SendRow } from "../store.ts";
import { windowIsOpen } from "../stores/rules.ts";
import { accepted, again, failed, givenUp, suppressed } from "./close.ts";
import { pacedBy } from "./pace.ts";
import { classOf, isTooOld, retryDelayMs } from "./retry.ts";
import type { Sending } from "./sending.ts";
import { isStale } from "./stale.ts";

const NOTHING: Prepared = { writes: [] };

interface Settling {
  readonly row: SendRow;
  readonly loaded: Loaded;
  readonly sending: Sending;
  readonly now: number;
}

/** Once more at `due`, if it is still worth anything then. */
function retry({ row, loaded, sending, now }: Settling, code: number | null, due: number): Prepared {
  if (isStale(row, loaded.snapshot)) return suppressed(row, now);
  return isTooOld(row, due, sending.lifeMs) ? failed(row, code, now, "failed") : again(row, code, due);
}

function settleError(of: Settling, result: Extract<SendResult, { kind: "error" }>): Prepared {
  const { row, now } = of;
  const { code, http } = result;
  const kind = classOf(code, http);
  switch (kind) {
    case "retry":
    case "backoff":
      return retry(of, code, now + retryDelayMs(row, code, result.retryAfterMs));
    case "stop-number":
      return retry(of, code, now + of.sending.pauseMs);
    // Hours: what it would say is old by then, and it would hold back what comes after it.
    case "later":
    case "permanent":
    case "reroute":
      return failed(row, code, now);
    default:
      return kind satisfies never;
  }
}

function settle(of: Settling, result: SendResult): Prepared {
  const { row, now, sending } = of;
  if (result.kind === "accepted") return accepted(row, "accepted", result.wamid, now, pacedBy(row, sending, now));
  // Read receipts and typing are worth nothing later.
  if (row.body.kind === "read") return { writes: [{ kind: "moveSend", send: row.id, to: { state: "dropped" } }] };
  switch (result.kind) {
    case "error":
      return settleError(of, result);
    case "unsent":
      return retry(of, null, now + retryDelayMs(row, null));
    case "doubt":
      return { writes: [{ kind: "moveSend", send: row.id, to: { state: "doubt", due: now + sending.settleMs } }] };
    default:
      return result satisfies never;
  }
}

function jobOf(core: Core, what: Job["what"], row: SendRow, prepare: (send: SendRow, loaded: Loaded) => Prepared): Job {
  return {
    what,
    id: `${what}/${row.id}/${row.attempt}`,
    arrival: { now: core.clock.now(), find: { by: "send", send: row.id } },
    prepare: (loaded) => (loaded.send && loaded.send.attempt === row.attempt ? prepare(loaded.send, loaded) : NOTHING),
  };
}

/** The answer to the request of this attempt. Where a status was faster, nothing is left to do. */
export function settleJob(core: Core, row: SendRow, result: SendResult): Job {
  const now = core.clock.now();
  return jobOf(core, "sent", row, (send, loaded) => {
    // In doubt: others took this process for dead, and what it knows puts an end to that.
    const open = send.state === "inflight" || (send.state === "doubt" && result.kind === "accepted");
    if (open) return settle({ row: send, loaded, sending: core.sending, now }, result);
    if (result.kind === "accepted" && send.wamid !== null && result.wamid !== send.wamid)
      sentTwice(core, row.id, send.wamid);
    return NOTHING;
  });
}

/** The window was closed when the send's turn came; a message that came since opens it again. */
export function windowJob(core: Core, row: SendRow): Job {
  const now = core.clock.now();
  return jobOf(core, "window", row, (send, loaded) => {
    if (send.state !== "ready" || windowIsOpen(send.windowMs, loaded.lastUserAt, now)) return NOTHING;
    return failed(send, null, now, "window");
  });
}

/** No status told what became of it in the time that statuses take. */
export function doubtJob(core: Core, row: SendRow): Job {
  const now = core.clock.now();
  return jobOf(core, "doubt", row, (send, loaded) => {
    if (send.state !== "doubt" || send.due > now) return NOTHING;
    core.log.warn({ send: send.id, attempt: send.attempt, policy: send.policy }, "a send was never settled");
    if (send.policy === "atMostOnce") return givenUp(send, now);
    return retry({ row: send, loaded, sending: core.sending, now }, null, now);
  });
}

/** Before a prompt is sent once more: drops it where its conversation has moved on meanwhile, and says so. */
export function staleJob(core: Core, row: SendRow, dropped: () => void): Job {
  const now = core.clock.now();
  return jobOf(core, "sent", row, (send, loaded) => {
    if (send.state !== "inflight" || !isStale(send, loaded.snapshot)) return NOTHING;
    dropped();
    return suppressed(send, now);
  });
}

/** What was claimed and is not to be sent now: it waits for its pair's turn, or has waited for too long. */
export function notYetJob(core: Core, row: SendRow, due: number): Job {
  const now = core.clock.now();
  return jobOf(core, "sent", row, (send, loaded) => {
    if (send.state !== "inflight") return NOTHING;
    if (isStale(send, loaded.snapshot)) return suppressed(send, now);
    if (isTooOld(send, due, core.sending.lifeMs)) return failed(send, send.error, now, "failed");
    return { writes: [{ kind: "moveSend", send: send.id, to: { state: "ready", due } }] };
  });
}
