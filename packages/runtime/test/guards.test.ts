/** What was listed or asked may be of the past when its news come: then they mean nothing. */
import { expect, test } from "vitest";
import type { Core } from "../src/engine/core.ts";
import { DEFAULT_SENDING } from "../src/outbox/sending.ts";
import { settleJob } from "../src/outbox/settle.ts";
import type { Loaded, SendRow, TimerRow } from "../src/store.ts";
import { timerJob } from "../src/timers/due.ts";

const core = { clock: { now: () => 20 }, sending: DEFAULT_SENDING } as unknown as Core;
const timer: TimerRow = { kind: "timer", name: "after", armed: 1, due: 10, ms: 5, turn: 1, args: [] };

function fired(found: TimerRow | undefined): boolean {
  const loaded = { timer: found } as unknown as Loaded;
  return timerJob(core, { contact: "c", timer }).prepare(loaded).event !== undefined;
}

test("a listed timer fires only as it was listed", () => {
  expect(fired(timer)).toBe(true);
  expect(fired({ ...timer, armed: 2 })).toBe(false);
  expect(fired({ ...timer, due: 15 })).toBe(false);
  expect(fired(undefined)).toBe(false);
});

test("the answer to an attempt settles no later one", () => {
  const row = {
    id: "abc-1",
    attempt: 1,
    state: "inflight",
    turn: 1,
    last: true,
    wamid: null,
    contact: { id: "c" },
    body: { kind: "read", messageId: "m", typing: false },
  } as unknown as SendRow;
  const writes = (send: SendRow): number =>
    settleJob(core, row, { kind: "accepted", wamid: null }).prepare({ send } as unknown as Loaded).writes.length;
  expect(writes(row)).toBeGreaterThan(0);
  expect(writes({ ...row, attempt: 2 })).toBe(0);
});
