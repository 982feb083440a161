/** What becomes of a send after its request, after its window closed, and after nobody settled its doubt. */
import type { SendResult } from "../cloud-api/answer.ts";
import type { Core } from "../engine/core.ts";
import type { Job, Prepared } from "../engine/job.ts";
import { masked } from "../log.ts";
import type { Loaded, SendRow } from "../store.ts";
import { windowIsOpen } from "../stores/rules.ts";
import { accepted, again, failed, givenUp } from "./close.ts";
import { classOf, isTooOld, NUMBER_PAUSE_MS, retryDelayMs, SETTLE_MS } from "./retry.ts";

const NOTHING: Prepared = { writes: [] };

function settleError(row: SendRow, result: Extract<SendResult, { kind: "error" }>, now: number): Prepared {
  const { code, http } = result;
  const kind = classOf(code, http);
  switch (kind) {
    case "retry":
    case "backoff":
      if (isTooOld(row, now)) return failed(row, code, now, "failed");
      return again(row, code, now + retryDelayMs(row, code, result.retryAfterMs));
    case "stop-number":
      return isTooOld(row, now) ? failed(row, code, now, "failed") : again(row, code, now + NUMBER_PAUSE_MS);
    // Hours: what it would say is old by then, and it would hold back what comes after it.
    case "later":
    case "permanent":
    case "reroute":
      return failed(row, code, now);
    default:
      return kind satisfies never;
  }
}

function settle(row: SendRow, result: SendResult, now: number): Prepared {
  if (result.kind === "accepted") return accepted(row, "accepted", result.wamid, now);
  // Read receipts and typing are worth nothing later.
  if (row.body.kind === "read") return { writes: [{ kind: "moveSend", send: row.id, to: { state: "dropped" } }] };
  switch (result.kind) {
    case "error":
      return settleError(row, result, now);
    case "unsent":
      return isTooOld(row, now) ? failed(row, null, now, "failed") : again(row, null, now + retryDelayMs(row, null));
    case "doubt":
      return { writes: [{ kind: "moveSend", send: row.id, to: { state: "doubt", due: now + SETTLE_MS } }] };
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
  return jobOf(core, "sent", row, (send) => {
    if (send.state === "inflight") return settle(send, result, now);
    if (result.kind === "accepted" && send.wamid !== null && result.wamid !== send.wamid)
      core.log.warn({ send: row.id, wamid: masked(send.wamid) }, "a message was sent twice");
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
  return jobOf(core, "doubt", row, (send) => {
    if (send.state !== "doubt" || send.due > now) return NOTHING;
    core.log.warn({ send: send.id, attempt: send.attempt, policy: send.policy }, "a send was never settled");
    return send.policy === "atMostOnce" ? givenUp(send, now) : again(send, null, now);
  });
}
