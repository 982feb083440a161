/** What a store keeps of sends, and for how long. */
import type { SendRow, Store } from "../store.ts";
import { ANA, acceptNext, type Case, claimAt, from, ingest, NOW, openAt, opened, send, sendIds } from "./suite.ts";

async function find(store: Store, id: string): Promise<SendRow | undefined> {
  return (await ingest(store, { now: NOW, find: { by: "send", send: id } }))?.send;
}

const GONE = { kind: "gone" };

export const sendCases: readonly Case[] = [
  {
    claim: "a send that is closed keeps no body; an open one keeps it whatever it goes through",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ of: "1" }), send({ of: "2" }), send({ of: "3", turn: 2 })]);
      const [first = ""] = sendIds(await claimAt(store));
      for (const state of ["doubt", "ready"] as const) {
        await ingest(store, from(ANA), [{ kind: "moveSend", send: first, to: { state, due: NOW } }]);
        expect((await find(store, first))?.body.kind).toEqual("message");
      }
      expect(await acceptNext(store, "wamid.A")).toEqual(first);
      expect((await find(store, first))?.body).toEqual(GONE);
      const [second = ""] = sendIds(await claimAt(store));
      await ingest(store, from(ANA), [{ kind: "dropSends", turn: 2 }]);
      await ingest(store, from(ANA), [{ kind: "moveSend", send: second, to: { state: "failed", error: 131_026 } }]);
      const failed = await find(store, second);
      expect([failed?.body, failed?.error, failed?.of]).toEqual([GONE, 131_026, "2"]);
      const third = `${second.slice(0, second.lastIndexOf("-"))}-${Number(second.slice(second.lastIndexOf("-") + 1)) + 1}`;
      const dropped = await find(store, third);
      expect([dropped?.state, dropped?.body]).toEqual(["dropped", GONE]);
    },
  },
  {
    claim: "a refusal's code, a life and a silence of a send are kept; without them there are none",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [send({ lifeMs: 60_000, silent: true }), send()]);
      const [first = ""] = sendIds(await claimAt(store));
      const to = { state: "ready", due: NOW + 1, error: 131_000 } as const;
      await ingest(store, from(ANA), [{ kind: "moveSend", send: first, to }]);
      const row = await find(store, first);
      expect([row?.lifeMs, row?.silent, row?.error]).toEqual([60_000, true, 131_000]);
      await acceptNext(store, "w1", NOW + 1);
      const [second] = (await claimAt(store)).sends;
      expect([second?.lifeMs, second?.silent, second?.error]).toEqual([undefined, undefined, null]);
    },
  },
  {
    claim: "pacing changes from when sends that were never claimed may go, and of no other contact",
    run: async (made, expect) => {
      const store = await opened(made);
      const ben = { phoneNumberId: "1", waId: "16505550000" };
      await ingest(store, from(ANA), [send({ of: "1" }), send({ of: "2" })]);
      const [first = ""] = sendIds(await claimAt(store));
      await ingest(store, from(ben, "ben"), [send({ of: "3" })]);
      await ingest(store, from(ANA), [
        { kind: "moveSend", send: first, to: { state: "ready", due: NOW + 5 } },
        { kind: "paceSends", at: NOW + 10_000 },
      ]);
      expect((await claimAt(store)).sends.map(({ of }) => of)).toEqual(["3"]);
      expect(await acceptNext(store, "w1", NOW + 5)).toEqual(first);
      expect(sendIds(await claimAt(store, NOW + 9_999))).toEqual([]);
      await ingest(store, from(ANA), [{ kind: "paceSends", at: NOW + 20 }]);
      expect((await claimAt(store, NOW + 20)).sends.map(({ of }) => of)).toEqual(["2"]);
    },
  },
  {
    claim: "`forget` erases the contact's closed sends, with their wamids, and leaves what is still to be sent",
    run: async (made, expect) => {
      const store = await opened(made);
      const ben = { phoneNumberId: "1", waId: "16505550000" };
      await ingest(store, from(ANA), [send({ of: "1" }), send({ of: "2" })]);
      await acceptNext(store, "wamid.A");
      await ingest(store, from(ben, "ben"), [send({ of: "3" })]);
      const claimed = await claimAt(store);
      const bens = claimed.sends.find(({ of }) => of === "3")?.id ?? "";
      await ingest(store, from(ben), [{ kind: "moveSend", send: bens, to: { state: "accepted", wamid: "wamid.B" } }]);
      await ingest(store, from(ANA), [{ kind: "forget" }]);
      expect((await store.stats()).sends).toEqual({ inflight: 1, accepted: 1 });
      const gone = await ingest(store, { now: NOW, find: { by: "send", wamid: "wamid.A" } });
      expect([gone?.send, gone?.contact]).toEqual([undefined, null]);
      expect((await ingest(store, { now: NOW, find: { by: "send", wamid: "wamid.B" } }))?.send?.of).toEqual("3");
    },
  },
  {
    claim: "at the start the messages that were claimed since a time are listed, read receipts are not",
    run: async (made, expect) => {
      const before = await opened(made);
      const times = [NOW - 10_000, NOW - 9_000, NOW - 8_000, NOW];
      await ingest(
        before,
        from(ANA),
        times.map((at) => send({ at })),
      );
      await acceptNext(before, "w1", NOW - 10_000);
      await acceptNext(before, "w2", NOW - 5_000);
      const again = (await claimAt(before, NOW - 4_000)).sends[0]?.id ?? "";
      await ingest(before, from(ANA), [{ kind: "moveSend", send: again, to: { state: "ready", due: NOW + 60_000 } }]);
      const read = { kind: "read", messageId: "wamid.in", typing: false } as const;
      await ingest(before, from({ phoneNumberId: "1", waId: "16505550000" }, "ben"), [
        send({ body: read, of: "read" }),
      ]);
      await claimAt(before, NOW - 1);
      const store = await made.restart();
      const machine = { hash: "m1", json: "{}" };
      const opening = { boot: "boot", now: NOW, settleMs: 0, machine, recentSince: NOW - 7_000 };
      expect((await store.open(opening)).recent).toEqual([
        { contact: "ana", at: NOW - 5_000 },
        { contact: "ana", at: NOW },
      ]);
      expect((await openAt(store)).recent ?? []).toEqual([]);
    },
  },
];
