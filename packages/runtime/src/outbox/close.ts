/** The ends of a send, whoever brings the news: the answer, a status, the window or the end of a doubt. */
import type { EventBody, Prepared } from "../engine/job.ts";
import type { SendRow, SendState, Write } from "../store.ts";
import type { BotEvent } from "../types.ts";
import { refusalOf } from "./retry.ts";

type EventRefusal = Extract<EventBody, { kind: "refused" }>["reason"];

/** Time-outs count from when the turn's last message was taken, or given up. */
function arm(row: SendRow, now: number): readonly Write[] {
  return row.last ? [{ kind: "arm", turn: row.turn, at: now }] : [];
}

export function accepted(
  row: SendRow,
  state: Extract<SendState, "accepted" | "sent" | "delivered" | "read">,
  wamid: string | null,
  now: number,
  paced: readonly Write[] = [],
): Prepared {
  const to = wamid === null ? { state } : { state, wamid };
  const writes: readonly Write[] = [{ kind: "moveSend", send: row.id, to }, ...arm(row, now), ...paced];
  if (row.body.kind === "read" || wamid === null) return { writes };
  return { writes, report: [{ kind: "sent", contact: row.contact.id, of: row.of, wamid }] };
}

function refused(row: SendRow, reason: EventRefusal): EventBody {
  return { kind: "refused", id: `refused/${row.id}/${row.attempt}`, turn: row.turn, reason, of: row.of };
}

/** WhatsApp will not take it, or could not deliver it. A closed window shuts out the turn's other messages as well. */
export function failed(row: SendRow, code: number | null, now: number, why?: EventRefusal): Prepared {
  const reason = why ?? refusalOf(code);
  const state = reason === "window" && row.state === "ready" ? "dropped" : "failed";
  const move: Write = { kind: "moveSend", send: row.id, to: { state, ...(code === null ? {} : { error: code }) } };
  if (row.body.kind === "read") return { writes: [move] };
  const report = [failure(row, code, true)];
  if (row.silent) return { writes: [move, ...arm(row, now)], report };
  const rest: readonly Write[] =
    reason === "window"
      ? [
          { kind: "dropSends", turn: row.turn },
          { kind: "arm", turn: row.turn, at: now },
        ]
      : arm(row, now);
  return {
    writes: [move, ...rest],
    event: refused(row, reason),
    report,
  };
}

function failure(row: SendRow, code: number | null, final: boolean): BotEvent {
  return { kind: "send-failed", contact: row.contact.id, of: row.of, code, final };
}

/** Nobody will ever know, and it is not to be sent twice. The conversation goes on as if it had arrived. */
export function givenUp(row: SendRow, now: number): Prepared {
  const writes: readonly Write[] = [{ kind: "moveSend", send: row.id, to: { state: "unknown" } }, ...arm(row, now)];
  if (row.body.kind === "read") return { writes };
  const { id, of, contact } = row;
  return { writes, report: [{ kind: "send-failed", contact: contact.id, of, code: null, final: true, unknown: id }] };
}

export function again(row: SendRow, code: number | null, due: number): Prepared {
  const to = { state: "ready", due, ...(code === null ? {} : { error: code }) } as const;
  return { writes: [{ kind: "moveSend", send: row.id, to }], report: [failure(row, code, false)] };
}

/** It is not to be sent any more; what follows it goes on. */
export function suppressed(row: SendRow, now: number): Prepared {
  return { writes: [{ kind: "moveSend", send: row.id, to: { state: "dropped" } }, ...arm(row, now)] };
}
