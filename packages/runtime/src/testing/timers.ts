import type { Claimed } from "../store.ts";
import { ANA, type Case, claimAt, from, ingest, load, NO_GRACE, NOW, opened, timer } from "./suite.ts";

function names(claimed: Claimed): readonly string[] {
  return claimed.timers.map((due) => due.timer.name);
}

export const timerCases: readonly Case[] = [
  {
    claim: "a timer is listed from its time on, until it is dropped",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [timer("b", NOW + 2), timer("a", NOW + 1)]);
      expect(names(await claimAt(store, NOW))).toEqual([]);
      expect(await store.nextDue({ sends: true, overdue: NO_GRACE })).toEqual(NOW + 1);
      expect(names(await claimAt(store, NOW + 2))).toEqual(["a", "b"]);
      const find = { by: "timer", contact: "ana", timer: { kind: "timer", name: "a" } } as const;
      const loaded = await ingest(store, { now: NOW, find }, [{ kind: "dropTimer", timer: find.timer }]);
      expect([loaded?.timer?.due, loaded?.timer?.armed]).toEqual([NOW + 1, 1]);
      expect(names(await claimAt(store, NOW + 2))).toEqual(["b"]);
    },
  },
  {
    claim: "a timer replaces the one of its name; a scheduled event of that name is another thing",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [
        timer("x", NOW + 1),
        timer("x", NOW + 5, { armed: 2 }),
        timer("x", NOW + 3, { kind: "schedule", args: ["é", 1] }),
      ]);
      const { timers } = await claimAt(store, NOW + 10);
      expect(timers.map(({ timer: { kind, due, args } }) => [kind, due, args])).toEqual([
        ["schedule", NOW + 3, ["é", 1]],
        ["timer", NOW + 5, []],
      ]);
    },
  },
  {
    claim: "a timer without a time gets it when its turn is armed",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [timer("a", null), timer("b", null, { turn: 2 })]);
      expect(await store.nextDue({ sends: true, overdue: NO_GRACE })).toEqual(undefined);
      await ingest(store, from(ANA), [{ kind: "arm", turn: 1, at: NOW + 7 }]);
      await ingest(store, from(ANA), [{ kind: "arm", turn: 1, at: NOW + 9 }]);
      expect(await store.nextDue({ sends: true, overdue: NO_GRACE })).toEqual(NOW + 60_007);
      expect(names(await claimAt(store, NOW + 60_007))).toEqual(["a"]);
    },
  },
  {
    claim: "timers that were overdue at the start wait until the grace is over, others do not",
    run: async (made, expect) => {
      const store = await opened(made);
      await ingest(store, from(ANA), [timer("old", NOW - 5), timer("new", NOW + 5)]);
      const overdue = { at: NOW, until: NOW + 60_000 };
      expect(names(await claimAt(store, NOW + 5, { overdue }))).toEqual(["new"]);
      expect(await store.nextDue({ sends: true, overdue })).toEqual(NOW + 5);
      expect(names(await claimAt(store, NOW + 60_000, { overdue }))).toEqual(["old", "new"]);
    },
  },
  {
    claim: "schedules are dropped together, and `forget` erases timers, schedules, copies and held messages",
    run: async (made, expect) => {
      const store = await opened(made);
      const set = [timer("t", NOW), timer("s1", NOW, { kind: "schedule" }), timer("s2", NOW, { kind: "schedule" })];
      await ingest(store, from(ANA), [...set, { kind: "dropSchedules" }]);
      expect(names(await claimAt(store))).toEqual(["t"]);
      await ingest(store, from(ANA), [
        ...set,
        { kind: "hold", event: { kind: "release", id: "h", now: NOW, seed: "0" } },
        { kind: "forget" },
      ]);
      expect(names(await claimAt(store))).toEqual([]);
      expect((await load(store))?.held).toEqual([]);
    },
  },
];
