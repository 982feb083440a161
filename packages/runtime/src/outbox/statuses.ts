/** Status webhooks: they move a send forward, never back, and settle what its request left in doubt. */
import type { MessageStatus, StatusItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Job, Prepared } from "../engine/job.ts";
import { sentTwice } from "../log.ts";
import type { SendRow, SendState, Write } from "../store.ts";
import type { BotEvent } from "../types.ts";
import { parseCallback } from "./callback.ts";
import { accepted, failed } from "./close.ts";
import { freedBy, pacedBy } from "./pace.ts";
import { classOf } from "./retry.ts";

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
  if (row.wamid !== null && row.wamid !== status.id) sentTwice(core, row.id, status.id);
  const attempt = parseCallback(core.storeId(), status.callbackData)?.attempt;
  if (to === "failed") {
    if (!isOfThisAttempt(row, status, attempt)) return NOTHING;
    return told(row, status, failed(row, status.errors[0]?.code ?? null, now), freedBy(core.sending, now));
  }
  const free = RANK[to] >= RANK.delivered && RANK[row.state] < RANK.delivered ? freedBy(core.sending, now) : [];
  if (RANK[row.state] > 0)
    return told(row, status, { writes: [{ kind: "moveSend", send: row.id, to: { state: to } }] }, free);
  const paced = to === "sent" ? pacedBy(row, core.sending, now) : free;
  return told(row, status, accepted(row, to, status.id, now, paced));
}

function told(
  row: SendRow,
  { id, status, errors }: StatusItem,
  prepared: Prepared,
  more: readonly Write[] = [],
): Prepared {
  const code = errors[0]?.code;
  const event: BotEvent = {
    kind: "status",
    contact: row.contact.id,
    wamid: id,
    of: row.of,
    ask: row.ask,
    status: DELIVERY[status] ?? "sent",
    ...(code === undefined ? {} : { error: code }),
  };
  return { ...prepared, writes: [...prepared.writes, ...more], report: [...(prepared.report ?? []), event] };
}

/** Older ones say nothing of how the number is now. */
const NEWS_MS = 10 * 60 * 1000;

/** Some reasons for which a number cannot send are told after it took the message. */
function stopNumber(core: Core, status: StatusItem, now: number): void {
  const code = status.errors[0]?.code;
  if (status.status !== "failed" || code === undefined || now - status.timestampMs > NEWS_MS) return;
  if (classOf(code) === "stop-number") core.gate.stop(code);
}

export function statusJob(core: Core, status: StatusItem): Job {
  const now = core.clock.now();
  const callback = parseCallback(core.storeId(), status.callbackData);
  stopNumber(core, status, now);
  return {
    what: "status",
    id: `status/${status.id}/${status.status}`,
    happened: status.timestampMs,
    status: status.status,
    arrival: { now, find: { by: "send", wamid: status.id, ...(callback ? { send: callback.send } : {}) } },
    prepare: (loaded) => prepare(core, loaded.send, status, now),
  };
}
