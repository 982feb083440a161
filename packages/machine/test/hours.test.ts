import { envOf, evaluate, type HoursDef, type Machine, type Snapshot } from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { oneAsk } from "./fixtures/small.ts";

const NOBODY: Snapshot = {
  v: 1,
  machine: "",
  turn: 0,
  locale: "en",
  contact: { id: "c", phone: null, name: null },
  profile: {},
  lastUserAt: null,
  reply: null,
  pending: {},
  conversation: null,
};

function isOpen(hours: HoursDef, timezone: string, now: number): boolean {
  const machine: Machine = { ...oneAsk(), timezone, hours: { office: hours } };
  return evaluate(envOf(machine, NOBODY, { now }), ["call", "open", "office"]) === true;
}

const week = (...days: HoursDef["week"]): HoursDef["week"] => [
  ...days,
  ...Array.from({ length: 7 - days.length }, () => []),
];

/** What a clock in the zone shows, by another way than the machine's. */
function clock(
  timezone: string,
  moment: number,
): { readonly date: string; readonly day: number; readonly minutes: number } {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  const [date = "", time = ""] = parts.format(moment).split(" ");
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return { date, day: (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7, minutes: hour * 60 + minute };
}

const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 0, maxLength: 4 })
  .map((marks) => marks.sort((a, b) => a - b))
  .map((marks) => marks.flatMap((from, i) => (i % 2 === 0 ? [[from, marks[i + 1] ?? 1440] as const] : [])));
const HALF_HOURS_2026 = fc.integer({ min: 0, max: 2 * 24 * 365 }).map((n) => Date.UTC(2026, 0, 1) + n * 1_800_000);
const ZONES = ["UTC", "Europe/Rome", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham"];

test("within a day it is open just while the clock on the wall shows a time of one of the ranges", () => {
  const days = fc.array(ranges, { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(days, HALF_HOURS_2026, fc.constantFrom(...ZONES), (all, now, zone) => {
      const { day, minutes } = clock(zone, now);
      const shown = (all[day] ?? []).some(([from, to]) => minutes >= from && minutes < to);
      expect(isOpen({ week: all }, zone, now)).toBe(shown);
    }),
    { seed: 11, numRuns: 400 },
  );
});

test("a range over midnight is that range cut in two", () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1439 }));
  fc.assert(
    fc.property(range, fc.integer({ min: 0, max: 6 }), HALF_HOURS_2026, ([from, length], day, now) => {
      const to = from + length;
      const whole = Array.from({ length: 7 }, (_, i) => (i === day ? [[from, to] as const] : []));
      const cut = Array.from({ length: 7 }, (_, i) => [
        ...(i === day ? [[from, Math.min(to, 1440)] as const] : []),
        ...(i === (day + 1) % 7 && to > 1440 ? [[0, to - 1440] as const] : []),
      ]);
      expect(isOpen({ week: whole }, "Europe/Rome", now)).toBe(isOpen({ week: cut }, "Europe/Rome", now));
    }),
    { seed: 12, numRuns: 400 },
  );
});

test("hours follow the clock when it is put forward and back", () => {
  const nine = { week: week(...Array.from({ length: 7 }, () => [[540, 1020] as const])) };
  // In Rome 9:00 is 8:00 UTC in winter and 7:00 in summer.
  const opens = (date: string): string => (isOpen(nine, "Europe/Rome", Date.parse(`${date}T07:00Z`)) ? "7" : "8");
  expect(["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"].map(opens)).toEqual(["8", "7", "7", "8"]);
  // From 2:00 to 3:00 does not come in spring, and comes twice in autumn.
  const night = { week: week(...Array.from({ length: 7 }, () => [[120, 180] as const])) };
  const minutes = (from: string): number =>
    Array.from({ length: 24 * 60 }, (_, i) => isOpen(night, "Europe/Rome", Date.parse(from) + i * 60_000)).filter(
      Boolean,
    ).length;
  expect([minutes("2026-03-28T23:00Z"), minutes("2026-10-24T22:00Z"), minutes("2026-11-01T23:00Z")]).toEqual([
    0, 120, 60,
  ]);
});

test("on closed days nothing begins, of one year, of every year, and over its end", () => {
  const always = week(...Array.from({ length: 7 }, () => [[0, 1440] as const]));
  const closed = [
    ["12-24", "01-02"],
    ["2026-04-06", "2026-04-07"],
  ] as const;
  const open = (date: string): boolean => isOpen({ week: always, closed }, "UTC", Date.parse(`${date}T12:00Z`));
  expect(["2025-12-23", "2026-01-03", "2026-04-05", "2026-04-08", "2027-04-06"].map(open)).toEqual(Array(5).fill(true));
  expect(["2025-12-24", "2026-01-01", "2026-01-02", "2026-04-06", "2026-04-07"].map(open)).toEqual(
    Array(5).fill(false),
  );
});

test("hours that are not there are not open", () => {
  const machine: Machine = { ...oneAsk(), hours: {} };
  const env = envOf(machine, NOBODY, { now: 0 });
  for (const name of ["office", "constructor"]) expect(evaluate(env, ["call", "open", name])).toBeNull();
});
