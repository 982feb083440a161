import type { Copy } from "@parley/machine";
import type { Handler, Write } from "../store.ts";
import {
  ANA,
  acceptNext,
  type Case,
  conversation,
  from,
  heldEvent,
  ingest,
  kinds,
  load,
  NOW,
  opened,
  send,
  snapshot,
} from "./suite.ts";

const KEY = "000102030405060708090a0b0c0d0eff";
const OTHER_KEY = "f00102030405060708090a0b0c0d0e0f";

function copy(conversationId: string, turn: number): Copy {
  return { ask: "f.s", turn, conversation: conversation(conversationId, turn) };
}

/** Takes each arrival's writes by index; `bad` ones throw after their writes were decided. */
function handler(writes: readonly (readonly Write[])[], poison: readonly Write[] = []): Handler<string> {
  return {
    run: (index) => {
      const own = writes[index];
      if (!own) throw new Error("poison");
      return { writes: own, result: `run ${index}` };
    },
    poison: (index, _loaded, error) => ({
      writes: poison,
      result: `poison ${index} ${error instanceof Error ? error.message : ""}`,
    }),
  };
}

export const arrivalCases: readonly Case[] = [
  {
    claim: "conversations are counted by the flow that they stand in and their machine",
    run: async (made, expect) => {
      const store = await opened(made);
      const standing = (turn: number): Write => ({
        kind: "snapshot",
        snapshot: snapshot(turn, { conversation: conversation("abc123", turn) }),
      });
      await ingest(store, from(ANA), [standing(1)]);
      await ingest(store, from({ phoneNumberId: "1", waId: "16505550001" }, "ben"), [standing(1)]);
      await ingest(store, from({ phoneNumberId: "1", waId: "16505550002" }, "cem"), [
        { kind: "snapshot", snapshot: snapshot(1) },
      ]);
      const counts = await store.sessions();
      expect(counts).toEqual([{ flow: "f", machine: snapshot(1).machine, conversations: 2 }]);
    },
  },
  {
    claim: "a snapshot comes back as it was saved",
    run: async (made, expect) => {
      const store = await opened(made);
      const saved = snapshot(3, { conversation: conversation("abc123", 3), lastUserAt: NOW });
      await ingest(store, from(ANA), [{ kind: "snapshot", snapshot: saved }]);
      const loaded = await load(store);
      expect(loaded?.snapshot).toEqual(saved);
      expect(loaded?.lastUserAt).toEqual(NOW);
      expect((await store.find(ANA))?.snapshot).toEqual(saved);
    },
  },
  {
    claim: "an arrival with a known key is dropped, in the same batch and later",
    run: async (made, expect) => {
      const store = await opened(made);
      const arrivals = [KEY, KEY, OTHER_KEY].map((dedupe) => from(ANA, "ana", { dedupe }));
      const first = await store.ingest(arrivals, handler([[], [], []]));
      expect(kinds(first)).toEqual(["done", "duplicate", "done"]);
      expect(kinds(await store.ingest(arrivals, handler([[], [], []])))).toEqual([
        "duplicate",
        "duplicate",
        "duplicate",
      ]);
    },
  },
  {
    claim: "a throw undoes its own arrival alone, and the key of that arrival is known",
    run: async (made, expect) => {
      const store = await opened(made);
      const arrivals = [from(ANA), from(ANA, "ana", { dedupe: KEY }), from(ANA)];
      const filed = { id: "f1", kind: "poison", reason: "Error", at: NOW, event: null } as const;
      const outcomes = await store.ingest(
        arrivals,
        handler(
          [[{ kind: "hold", event: heldEvent("a") }], undefined as never, [{ kind: "hold", event: heldEvent("c") }]],
          [{ kind: "file", file: filed }],
        ),
      );
      expect(outcomes).toEqual([
        { kind: "done", result: "run 0" },
        { kind: "poison", result: "poison 1 poison" },
        { kind: "done", result: "run 2" },
      ]);
      expect((await load(store))?.held.map(({ id }) => id)).toEqual(["a", "c"]);
      expect((await store.stats()).filed).toEqual(1);
      expect(kinds(await store.ingest([from(ANA, "ana", { dedupe: KEY })], handler([[]])))).toEqual(["duplicate"]);
    },
  },
  {
    claim: "a write that fails undoes the arrival's writes before it",
    run: async (made, expect) => {
      const store = await opened(made);
      const cyclic: { self?: unknown } = {};
      cyclic.self = cyclic;
      const bad: Write = { kind: "snapshot", snapshot: snapshot(1, { profile: cyclic as never }) };
      const outcomes = await store.ingest(
        [from(ANA), from(ANA)],
        handler([[{ kind: "hold", event: heldEvent("a") }, bad], [{ kind: "hold", event: heldEvent("b") }]]),
      );
      expect(kinds(outcomes)).toEqual(["poison", "done"]);
      expect((await load(store))?.held.map(({ id }) => id)).toEqual(["b"]);
    },
  },
  {
    claim: "a batch that fails as a whole leaves nothing behind",
    run: async (made, expect) => {
      const store = await opened(made);
      const failing: Handler<null> = {
        run: (index) => {
          if (index === 1) throw new Error("one");
          return { writes: [{ kind: "snapshot", snapshot: snapshot(1) }, send()], result: null };
        },
        poison: () => {
          throw new Error("two");
        },
      };
      const refused = await store.ingest([from(ANA, "ana", { dedupe: KEY }), from(ANA)], failing).then(
        () => "committed",
        () => "failed",
      );
      expect(refused).toEqual("failed");
      expect(await store.find(ANA)).toEqual(null);
      const { contacts, dedupe, sends } = await store.stats();
      expect({ contacts, dedupe, sends }).toEqual({ contacts: 0, dedupe: 0, sends: {} });
    },
  },
  {
    claim: "held messages come back in order until they are dropped",
    run: async (made, expect) => {
      const store = await opened(made);
      for (const id of ["a", "b", "c"]) await ingest(store, from(ANA), [{ kind: "hold", event: heldEvent(id) }]);
      expect((await load(store))?.held.map(({ id }) => id)).toEqual(["a", "b", "c"]);
      await ingest(store, from(ANA), [{ kind: "dropHeld" }, { kind: "hold", event: heldEvent("d") }]);
      expect((await load(store))?.held.map(({ id }) => id)).toEqual(["d"]);
    },
  },
  {
    claim: "a copy is found by its conversation and turn, and by the message that carried its ask",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [
        { kind: "copy", copy: copy("abc123", 4) },
        { kind: "copy", copy: copy("abc123", 5) },
        send({ turn: 5, ask: "f.s", conversation: "abc123" }),
      ]);
      await acceptNext(store, "wamid.A");
      const find = { by: "address", address: ANA } as const;
      const byId = await ingest(store, { now: NOW, find: { ...find, quoted: { conversation: "abc123", turn: 4 } } });
      expect(byId?.copy).toEqual(copy("abc123", 4));
      const byMessage = await ingest(store, { now: NOW, find: { ...find, quoted: { wamid: "wamid.A" } } });
      expect(byMessage?.quoted).toEqual({ ask: "f.s", conversation: "abc123", turn: 5 });
      expect(byMessage?.copy).toEqual(copy("abc123", 5));
      const unknown = await ingest(store, { now: NOW, find: { ...find, quoted: { wamid: "wamid.B" } } });
      expect([unknown?.quoted, unknown?.copy]).toEqual([undefined, undefined]);
    },
  },
  {
    claim: "a copy is not given to another contact",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [
        { kind: "copy", copy: copy("abc123", 4) },
        send({ turn: 4, ask: "f.s", conversation: "abc123" }),
      ]);
      await acceptNext(store, "wamid.A");
      const ben = { phoneNumberId: "1", waId: "16505550000" };
      for (const quoted of [{ conversation: "abc123", turn: 4 }, { wamid: "wamid.A" }]) {
        const loaded = await ingest(store, { now: NOW, find: { by: "address", address: ben, newId: "ben", quoted } });
        expect([loaded?.contact?.id, loaded?.copy, loaded?.quoted]).toEqual(["ben", undefined, undefined]);
      }
    },
  },
  {
    claim: "the last 50 copies of a contact are kept",
    run: async (made, expect) => {
      const store = await opened(made);
      const writes = Array.from({ length: 60 }, (_, turn): Write => ({ kind: "copy", copy: copy("abc123", turn) }));
      await ingest(store, from(ANA), writes);
      const found: number[] = [];
      for (let turn = 0; turn < 60; turn++) {
        const quoted = { conversation: "abc123", turn };
        const loaded = await ingest(store, { now: NOW, find: { by: "address", address: ANA, quoted } });
        if (loaded?.copy) found.push(turn);
      }
      expect(found).toEqual(Array.from({ length: 50 }, (_, index) => index + 10));
    },
  },
];
