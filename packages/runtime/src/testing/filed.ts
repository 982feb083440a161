import type { Filed } from "../store.ts";
import {
  ANA,
  action,
  type Case,
  claimAt,
  from,
  HOUR,
  heldEvent,
  ingest,
  NOW,
  opened,
  send,
  snapshot,
  timer,
} from "./suite.ts";

const TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

function filed(id: string, more: Partial<Filed> = {}): { readonly kind: "file"; readonly file: Filed } {
  return { kind: "file", file: { id, kind: "poison", reason: "Error", at: NOW, event: heldEvent(id), ...more } };
}

export const filedCases: readonly Case[] = [
  {
    claim: "filed events are listed with their contact, the oldest first, and found by their id until they are dropped",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [{ kind: "snapshot", snapshot: snapshot(3) }]);
      await ingest(store, from(ANA), [filed("late", { at: NOW + 1 }), filed("f", { event: null, kind: "expired" })]);
      expect((await store.filed(10)).map(({ id, kind, contact }) => [id, kind, contact])).toEqual([
        ["f", "expired", "ana"],
        ["late", "poison", "ana"],
      ]);
      expect((await store.filed(1)).map(({ event }) => event)).toEqual([null]);
      const find = { by: "filed", filed: "late" } as const;
      const loaded = await ingest(store, { now: NOW, find }, [{ kind: "dropFiled", filed: "late" }]);
      expect([loaded?.filed, loaded?.snapshot?.turn]).toEqual([
        { ...filed("late", { at: NOW + 1 }).file, contact: "ana" },
        3,
      ]);
      const gone = await ingest(store, { now: NOW, find });
      expect([gone?.filed, gone?.contact]).toEqual([undefined, null]);
    },
  },
  {
    claim: "a filed event goes with its contact: to the one that absorbs it, and away when it is forgotten",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA, "phone"), [filed("f")]);
      await ingest(store, from({ phoneNumberId: "1", userId: "US.1" }, "user"), []);
      await ingest(store, from({ ...ANA, userId: "US.1" }));
      expect((await store.filed(10)).map(({ contact }) => contact)).toEqual(["user"]);
      await ingest(store, from(ANA), [{ kind: "forget" }]);
      expect(await store.filed(10)).toEqual([]);
    },
  },
  {
    claim: "old filed events are swept, but for those that stepping threw on",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [
        filed("a"),
        filed("b", { kind: "expired" }),
        filed("c", { kind: "throttled" }),
        filed("d", { kind: "throttled", at: NOW + HOUR }),
      ]);
      await store.sweep({ dedupe: 0, sends: NOW + 1 });
      expect((await store.filed(10)).map(({ id }) => id)).toEqual(["a", "d"]);
    },
  },
  {
    claim: "a sweep forgets all dedupe keys that are old enough, however many",
    run: async (made, expect) => {
      const store = await opened(made);
      const keys = Array.from({ length: 12_000 }, (_, index) => index.toString(16).padStart(32, "0"));
      await store.ingest(
        keys.map((dedupe) => from(ANA, "ana", { dedupe })),
        { run: () => ({ writes: [], result: null }), poison: () => ({ writes: [], result: null }) },
      );
      await store.sweep({ dedupe: NOW + 1, sends: 0 });
      expect((await store.stats()).dedupe).toEqual(0);
    },
  },
  {
    claim: "sends, timers and actions keep the trace of their turn",
    run: async (made, expect) => {
      const store = await opened(made);
      const of = (write: ReturnType<typeof send>): ReturnType<typeof send> => {
        switch (write.kind) {
          case "send":
            return { ...write, send: { ...write.send, trace: TRACE } };
          case "timer":
            return { ...write, timer: { ...write.timer, trace: TRACE } };
          case "action":
            return { ...write, action: { ...write.action, trace: TRACE } };
          default:
            return write;
        }
      };
      await ingest(store, from(ANA), [send(), timer("t", NOW), action("a")].map(of));
      const claimed = await claimAt(store);
      const traces = [claimed.sends[0]?.trace, claimed.timers[0]?.timer.trace, claimed.actions[0]?.trace];
      expect(traces).toEqual([TRACE, TRACE, TRACE]);
      await ingest(store, from(ANA), [timer("t", NOW)]);
      expect((await claimAt(store)).timers[0]?.timer.trace).toEqual(undefined);
    },
  },
];
