import type { Address } from "../store.ts";
import {
  ANA,
  acceptNext,
  action,
  type Case,
  claimAt,
  conversation,
  from,
  ingest,
  load,
  NOW,
  opened,
  send,
  snapshot,
  timer,
} from "./suite.ts";

const USER: Address = { phoneNumberId: "1", userId: "US.1" };

export const peopleCases: readonly Case[] = [
  {
    claim: "an unknown address makes a contact only where an id is given",
    run: async (made, expect) => {
      const store = await opened(made);
      expect((await load(store))?.contact).toEqual(null);
      const contact = { id: "ana", phone: "16505551234", userId: null, name: "Ana", apologyAt: null };
      expect((await ingest(store, from(ANA)))?.contact).toEqual(contact);
      expect((await ingest(store, from(ANA, "other")))?.contact).toEqual(contact);
      expect((await store.find(ANA))?.contact).toEqual(contact);
    },
  },
  {
    claim: "the same number is another contact at another business number",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA));
      expect((await ingest(store, from({ ...ANA, phoneNumberId: "2" }, "two")))?.contact?.id).toEqual("two");
    },
  },
  {
    claim: "a number that shows its user id is one contact, found by either",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA));
      expect((await ingest(store, from({ ...ANA, userId: "US.1" }, "other")))?.contact?.id).toEqual("ana");
      expect((await load(store, USER))?.contact).toEqual({
        id: "ana",
        phone: "16505551234",
        userId: "US.1",
        name: "Ana",
        apologyAt: null,
      });
    },
  },
  {
    claim: "a number that passed to another user id is a new contact",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from({ ...ANA, userId: "US.1" }));
      const second = await ingest(store, from({ ...ANA, userId: "US.2", name: "Ben" }, "ben"));
      expect(second?.contact).toEqual({
        id: "ben",
        phone: "16505551234",
        userId: "US.2",
        name: "Ben",
        apologyAt: null,
      });
      expect((await load(store, USER))?.contact?.id).toEqual("ana");
      expect((await load(store))?.contact?.id).toEqual("ben");
    },
  },
  {
    claim: "a change of number keeps the contact, under both numbers",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [{ kind: "snapshot", snapshot: snapshot(7) }]);
      const moved = { phoneNumberId: "1", waId: "16505559999", previous: { waId: "16505551234" } };
      const loaded = await ingest(store, { now: NOW, find: { by: "address", address: moved } });
      expect([loaded?.contact?.id, loaded?.contact?.phone, loaded?.snapshot?.turn]).toEqual(["ana", "16505559999", 7]);
      expect((await load(store, { phoneNumberId: "1", waId: "16505559999" }))?.contact?.id).toEqual("ana");
    },
  },
  {
    claim:
      "two contacts that were one person become one: the conversation that is under way stays, with what is its own",
    run: async (made, expect) => {
      const store = await opened(made);
      const waiting = snapshot(5, { conversation: conversation("abc123", 5), lastUserAt: NOW });
      await ingest(store, from(ANA, "phone"), [
        { kind: "snapshot", snapshot: waiting },
        timer("after", NOW),
        { kind: "copy", copy: { ask: "f.s", turn: 5, conversation: conversation("abc123", 5) } },
        send({ turn: 5 }),
        action("a1"),
      ]);
      await ingest(store, from(USER, "user"), [
        { kind: "snapshot", snapshot: snapshot(2) },
        timer("old", NOW),
        action("a2"),
        send({ turn: 2 }),
      ]);
      const both = { ...ANA, userId: "US.1" };
      const quoted = { conversation: "abc123", turn: 5 };
      const loaded = await ingest(store, { now: NOW, find: { by: "address", address: both, quoted } });
      expect(loaded?.contact).toEqual({
        id: "user",
        phone: "16505551234",
        userId: "US.1",
        name: "Ana",
        apologyAt: null,
      });
      expect([loaded?.snapshot?.turn, loaded?.copy?.turn, loaded?.lastUserAt]).toEqual([5, 5, NOW]);
      const claimed = await claimAt(store);
      expect(claimed.timers.map(({ contact, timer: { name } }) => [contact, name])).toEqual([["user", "after"]]);
      expect(claimed.actions.map(({ contact, id }) => [contact, id])).toEqual([["user", "a1"]]);
      expect(claimed.sends.map(({ contact }) => contact.id)).toEqual(["user"]);
      await ingest(store, { now: NOW, find: { by: "send", send: claimed.sends[0]?.id ?? "" } }, [
        { kind: "moveSend", send: claimed.sends[0]?.id ?? "", to: { state: "accepted", wamid: "w1" } },
      ]);
      expect((await acceptNext(store, "w2")) !== undefined).toEqual(true);
      expect((await store.stats()).contacts).toEqual(1);
    },
  },
];
