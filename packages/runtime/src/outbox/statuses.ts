/** Status webhooks: they move a send forward, never back, and settle what its request left in doubt. */
import type { MessageStatus, StatusItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Job, Prepared } from "../engine/job.ts";
import { masked } from "../log.ts";
import type { SendRow, SendState } from "../store.ts";
import { parseCallback } from "./callback.ts";
import { accepted, failed } from "./close.ts";

const NOTHING: Prepared = { writes: [] };

type Delivery = Extract<SendState, "sent" | "delivered" | "read">;

const DELIVERY: Readonly<Record<MessageStatus, Delivery | "failed" | null>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
  deleted: null,
  warning: null,
};

/** How far a send has come; what comes later in this order wins. */
const RANK: Readonly<Record<SendState, number>> = {
  ready: 0,
  inflight: 0,
  doubt: 0,
  dropped: 0,
  unknown: 0,
  accepted: 1,
  sent: 2,
  failed: 3,
  delivered: 4,
  read: 5,
};

/** A failure of an earlier attempt says nothing of the one that is under way. */
function isOfThisAttempt(row: SendRow, status: StatusItem, attempt: number | undefined): boolean {
  return attempt === undefined ? row.wamid === status.id : attempt === row.attempt;
}

function prepare(core: Core, row: SendRow | undefined, status: StatusItem, now: number): Prepared {
  const to = DELIVERY[status.status];
  if (!row || to === null || RANK[to] <= RANK[row.state]) return NOTHING;
  if (row.wamid !== null && row.wamid !== status.id)
    core.log.warn({ send: row.id, wamid: masked(status.id) }, "a message was sent twice");
  const attempt = parseCallback(core.storeId(), status.callbackData)?.attempt;
  if (to === "failed") {
    if (!isOfThisAttempt(row, status, attempt)) return NOTHING;
    return failed(row, status.errors[0]?.code ?? null, now);
  }
  if (RANK[row.state] > 0) return { writes: [{ kind: "moveSend", send: row.id, to: { state: to } }] };
  return accepted(row, to, status.id, now);
}

export function statusJob(core: Core, status: StatusItem): Job {
  const now = core.clock.now();
  const callback = parseCallback(core.storeId(), status.callbackData);
  return {
    what: "status",
    id: `status/${status.id}/${status.status}`,
    arrival: { now, find: { by: "send", wamid: status.id, ...(callback ? { send: callback.send } : {}) } },
    prepare: (loaded) => prepare(core, loaded.send, status, now),
  };
}
