import type { SendState, Store } from "../store.ts";
import {
  ANA,
  acceptNext,
  action,
  type Case,
  claimAt,
  from,
  HOUR,
  ingest,
  NO_GRACE,
  NOW,
  opened,
  send,
  sendIds,
} from "./suite.ts";

const BEN = { phoneNumberId: "1", waId: "16505550000" };

async function move(store: Store, id: string, state: SendState, due?: number): Promise<void> {
  await ingest(store, { now: NOW, find: { by: "send", send: id } }, [
    { kind: "moveSend", send: id, to: due === undefined ? { state } : { state, due } },
  ]);
}

export const claimCases: readonly Case[] = [
  {
    claim: "a contact has one send in flight, its oldest; other contacts do not wait",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ of: "1", last: false }), send({ of: "2", index: 1 })]);
      await ingest(store, from(BEN, "ben"), [send({ of: "3" })]);
      const first = await claimAt(store);
      expect(first.sends.map(({ of, attempt, state }) => [of, attempt, state])).toEqual([
        ["1", 1, "inflight"],
        ["3", 1, "inflight"],
      ]);
      expect(sendIds(await claimAt(store))).toEqual([]);
      await move(store, first.sends[0]?.id ?? "", "accepted");
      expect((await claimAt(store)).sends.map(({ of }) => of)).toEqual(["2"]);
    },
  },
  {
    claim: "a send that is retried later holds back the ones after it",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ of: "1" }), send({ of: "2" })]);
      const [first] = (await claimAt(store)).sends;
      await move(store, first?.id ?? "", "ready", NOW + 5_000);
      expect(sendIds(await claimAt(store, NOW + 4_999))).toEqual([]);
      expect(await store.nextDue({ sends: true, overdue: NO_GRACE })).toEqual(NOW + 5_000);
      expect((await claimAt(store, NOW + 5_000)).sends.map(({ of, attempt }) => [of, attempt])).toEqual([["1", 2]]);
    },
  },
  {
    claim: "a claim hands out no more sends and actions than it was asked for",
    run: async (made, expect) => {
      const store = await opened(made);
      for (const id of ["a", "b", "c"])
        await ingest(store, from({ phoneNumberId: "1", waId: `1650555000${id.charCodeAt(0)}` }, id), [
          send(),
          action(`action ${id}`),
        ]);
      const first = await claimAt(store, NOW, { sends: 2, actions: 1 });
      expect([first.sends.length, first.actions.length]).toEqual([2, 1]);
      const second = await claimAt(store);
      expect([second.sends.length, second.actions.length]).toEqual([1, 2]);
      expect((await claimAt(store)).actions).toEqual([]);
    },
  },
  {
    claim: "a send whose window is closed is listed and stays ready; a message opens the window",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [{ kind: "heard", at: NOW }, send({ windowMs: 23 * HOUR })]);
      const closed = await claimAt(store, NOW + 23 * HOUR);
      expect([closed.sends.length, closed.closed.map(({ state, attempt }) => [state, attempt])]).toEqual([
        0,
        [["ready", 0]],
      ]);
      await ingest(store, from(ANA), [{ kind: "heard", at: NOW + HOUR }]);
      expect((await claimAt(store, NOW + 23 * HOUR)).sends.length).toEqual(1);
    },
  },
  {
    claim: "a contact that never wrote has no window",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ windowMs: 23 * HOUR }), send({ windowMs: null })]);
      const claimed = await claimAt(store);
      expect([claimed.sends.length, claimed.closed.length]).toEqual([0, 1]);
    },
  },
  {
    claim: "a message that came late does not shorten the window",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [
        { kind: "heard", at: NOW },
        { kind: "heard", at: NOW - HOUR },
        send({ windowMs: HOUR }),
      ]);
      expect((await claimAt(store, NOW + HOUR - 1)).sends.length).toEqual(1);
    },
  },
  {
    claim: "a doubtful send is listed when its time is over, and holds back the ones after it",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ of: "1" }), send({ of: "2" })]);
      const [first] = (await claimAt(store)).sends;
      await move(store, first?.id ?? "", "doubt", NOW + 90_000);
      const early = await claimAt(store, NOW + 89_999);
      expect([early.sends.length, early.doubtful.length]).toEqual([0, 0]);
      const late = await claimAt(store, NOW + 90_000);
      expect([late.sends.length, late.doubtful.map(({ of }) => of)]).toEqual([0, ["1"]]);
    },
  },
  {
    claim: "a turn's sends that have not begun are dropped, those of other turns go on",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ of: "1" }), send({ of: "2" }), send({ of: "3", turn: 2 })]);
      const [first] = (await claimAt(store)).sends;
      await ingest(store, from(ANA), [{ kind: "dropSends", turn: 1 }]);
      await move(store, first?.id ?? "", "failed");
      expect((await claimAt(store)).sends.map(({ of }) => of)).toEqual(["3"]);
      expect((await store.stats()).sends).toEqual({ failed: 1, dropped: 1, inflight: 1 });
    },
  },
  {
    claim: "a send is found by its id and by its wamid, with its contact",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ of: "1", ask: "f.s", conversation: "abc123" })]);
      const id = (await acceptNext(store, "wamid.A")) ?? "";
      for (const find of [{ by: "send", send: id } as const, { by: "send", wamid: "wamid.A" } as const]) {
        const loaded = await ingest(store, { now: NOW, find });
        expect([loaded?.send?.id, loaded?.send?.of, loaded?.send?.state, loaded?.contact?.id]).toEqual([
          id,
          "1",
          "accepted",
          "ana",
        ]);
      }
      expect((await ingest(store, { now: NOW, find: { by: "send", wamid: "wamid.B" } }))?.send).toEqual(undefined);
    },
  },
  {
    claim: "an action is handed out once and gone when it was dropped",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [action("a1")]);
      const [claimed] = (await claimAt(store)).actions;
      expect([claimed?.id, claimed?.state, claimed?.args, claimed?.contact]).toEqual([
        "a1",
        "running",
        { n: 1 },
        "ana",
      ]);
      expect((await claimAt(store)).actions).toEqual([]);
      const loaded = await ingest(store, { now: NOW, find: { by: "action", action: "a1" } }, [
        { kind: "dropAction", action: "a1" },
      ]);
      expect([loaded?.action?.id, loaded?.contact?.id]).toEqual(["a1", "ana"]);
      expect((await ingest(store, { now: NOW, find: { by: "action", action: "a1" } }))?.action).toEqual(undefined);
    },
  },
  {
    claim: "what has served is swept, what is open stays",
    run: async (made, expect) => {
      const store = await opened(made);
      const dedupe = "000102030405060708090a0b0c0d0e0f";
      await ingest(store, from(ANA, "ana", { dedupe }), [send({ of: "1" }), send({ of: "2" })]);
      await acceptNext(store, "wamid.A");
      await store.sweep({ dedupe: NOW, sends: NOW });
      expect([(await store.stats()).dedupe, (await store.stats()).sends]).toEqual([1, { accepted: 1, ready: 1 }]);
      await store.sweep({ dedupe: NOW + 1, sends: NOW + 1 });
      expect([(await store.stats()).dedupe, (await store.stats()).sends]).toEqual([0, { ready: 1 }]);
    },
  },
];
