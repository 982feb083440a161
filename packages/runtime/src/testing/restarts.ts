import {
  ANA,
  acceptNext,
  action,
  type Case,
  claimAt,
  conversation,
  from,
  ingest,
  NOW,
  openAt,
  opened,
  send,
  sendIds,
  snapshot,
} from "./suite.ts";

export const restartCases: readonly Case[] = [
  {
    claim: "after a restart sends in flight are doubtful for the time that statuses take",
    run: async (made, expect) => {
      const before = await opened(made);
      await ingest(before, from(ANA), [send({ of: "1" }), send({ of: "2" })]);
      const [claimed] = sendIds(await claimAt(before));
      const store = await made.restart();
      const again = await openAt(store, NOW + 1_000);
      expect([again.doubtful, again.actions]).toEqual([1, 0]);
      expect((await claimAt(store, NOW + 90_999)).doubtful).toEqual([]);
      const { doubtful } = await claimAt(store, NOW + 91_000);
      expect(doubtful.map(({ id, attempt, state }) => [id, attempt, state])).toEqual([[claimed, 1, "doubt"]]);
    },
  },
  {
    claim: "a doubt that is older than a restart lasts as long as one that begins there",
    run: async (made, expect) => {
      const before = await opened(made);
      await ingest(before, from(ANA), [send()]);
      await claimAt(before);
      await openAt(before, NOW);
      const store = await made.restart();
      await openAt(store, NOW + 80_000);
      expect((await claimAt(store, NOW + 169_999)).doubtful.length).toEqual(0);
      expect((await claimAt(store, NOW + 170_000)).doubtful.length).toEqual(1);
    },
  },
  {
    claim: "after a restart an action that ran is ready again, or lost where it runs once",
    run: async (made, expect) => {
      const before = await opened(made);
      await ingest(before, from(ANA), [action("a1"), action("a2", true), action("a3")]);
      await claimAt(before, NOW, { actions: 2 });
      const store = await made.restart();
      expect((await openAt(store)).actions).toEqual(2);
      const { actions } = await claimAt(store);
      expect(actions.map(({ id, state }) => [id, state])).toEqual([
        ["a1", "running"],
        ["a2", "lost"],
        ["a3", "running"],
      ]);
      expect((await claimAt(store)).actions.map(({ id, state }) => [id, state])).toEqual([["a2", "lost"]]);
    },
  },
  {
    claim: "what was committed is there after a restart, and keeps its ids",
    run: async (made, expect) => {
      const before = await opened(made);
      const dedupe = "000102030405060708090a0b0c0d0e0f";
      await ingest(before, from(ANA, "ana", { dedupe }), [
        { kind: "snapshot", snapshot: snapshot(4) },
        send({ ask: "f.s", conversation: "abc123" }),
      ]);
      const id = await acceptNext(before, "wamid.A");
      const store = await made.restart();
      await openAt(store);
      expect((await store.find(ANA))?.snapshot).toEqual(snapshot(4));
      expect((await ingest(store, { now: NOW, find: { by: "send", wamid: "wamid.A" } }))?.send?.id).toEqual(id);
      expect(await ingest(store, from(ANA, "ana", { dedupe }))).toEqual(null);
    },
  },
  {
    claim: "conversations on other machines are listed by the ids of their contacts, those that have ended are not",
    run: async (made, expect) => {
      const store = await opened(made);
      const standing = { conversation: conversation("abc123", 1) };
      const others = [
        [ANA, "ana", { ...standing, machine: "m0" }],
        [{ phoneNumberId: ANA.phoneNumberId, waId: "16505550002" }, "ben", standing],
        [{ phoneNumberId: ANA.phoneNumberId, waId: "16505550003" }, "cid", { ...standing, machine: "m0" }],
        [{ phoneNumberId: ANA.phoneNumberId, waId: "16505550004" }, "dan", { machine: "m0" }],
      ] as const;
      for (const [address, id, more] of others)
        await ingest(store, from(address, id), [{ kind: "snapshot", snapshot: snapshot(1, more) }]);
      const first = await store.conversations({ not: "m1", after: "", limit: 1 });
      expect(first).toEqual([{ contact: "ana", snapshot: snapshot(1, { ...standing, machine: "m0" }) }]);
      const rest = await store.conversations({ not: "m1", after: "ana", limit: 10 });
      expect(rest.map(({ contact }) => contact)).toEqual(["cid"]);
    },
  },
  {
    claim: "machines are kept while a conversation is on them",
    run: async (made, expect) => {
      const store = await opened(made);
      const open = (hash: string) =>
        store.open({ boot: "boot", now: NOW, settleMs: 0, machine: { hash, json: `"${hash}"` } });
      const standing = { conversation: conversation("abc123", 1) };
      await ingest(store, from(ANA), [{ kind: "snapshot", snapshot: snapshot(1, standing) }]);
      expect((await open("m2")).machines).toEqual({ m1: "{}", m2: '"m2"' });
      await store.sweep({ dedupe: 0, sends: 0 });
      expect((await open("m2")).machines).toEqual({ m1: "{}", m2: '"m2"' });
      await ingest(store, from(ANA), [{ kind: "snapshot", snapshot: snapshot(2, { ...standing, machine: "m2" }) }]);
      await store.sweep({ dedupe: 0, sends: 0 });
      expect((await open("m3")).machines).toEqual({ m2: '"m2"', m3: '"m3"' });
      await ingest(store, from(ANA), [{ kind: "snapshot", snapshot: snapshot(3, { machine: "m2" }) }]);
      await store.sweep({ dedupe: 0, sends: 0 });
      expect((await open("m3")).machines).toEqual({ m3: '"m3"' });
    },
  },
];
