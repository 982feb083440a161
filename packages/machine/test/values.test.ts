import {
  type Expr,
  envOf,
  evaluate,
  fits,
  fitValue,
  type Machine,
  type Snapshot,
  type Value,
  type ValueType,
} from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, fromDays, printDate, toDays, weekdayOf } from "../src/value/calendar.ts";
import { dateAt, offsetOf, timeAt, toMoment } from "../src/value/zone.ts";
import { orderMachine } from "./fixtures/order.ts";
import { get } from "./lib/assemble.ts";

const MACHINE: Machine = { ...orderMachine(), timezone: "Europe/Rome" };
const NOW = Date.UTC(2026, 10, 24, 22, 30);

const text = (max: number): ValueType => ({ t: "text", max });
const optional = (of: ValueType): ValueType => ({ t: "optional", of });
const list = (of: ValueType, min: number, max: number): ValueType => ({ t: "list", of, min, max });

test.each<[ValueType, unknown, Value]>([
  [text(3), " abc ", "abc"],
  [text(2), "😀😀", "😀😀"],
  [optional(text(3)), "  ", null],
  [optional(text(3)), undefined, null],
  [{ t: "range", min: 1, max: 5 }, 5, 5],
  [{ t: "number" }, -1.5, -1.5],
  [{ t: "bool" }, false, false],
  [{ t: "date" }, "2028-02-29", "2028-02-29"],
  [{ t: "time" }, "23:59", "23:59"],
  [{ t: "moment" }, "2026-11-24T23:30:00.5+01:00", NOW + 500],
  [{ t: "moment" }, NOW, NOW],
  [{ t: "duration" }, 1_000, 1_000],
  [{ t: "phone" }, "+393331234567", "+393331234567"],
  [{ t: "url" }, "https://x.example/a", "https://x.example/a"],
  [{ t: "enum", name: "Size" }, "small", "small"],
  [
    { t: "record", fields: { a: text(1), b: optional(text(1)) } },
    { a: "x", c: 1 },
    { a: "x", b: null },
  ],
  [list(text(1), 1, 2), ["a"], ["a"]],
  [{ t: "location" }, { latitude: 45, longitude: 9 }, { latitude: 45, longitude: 9, name: null, address: null }],
  [{ t: "card" }, { name: "Bo", phones: [] }, { name: "Bo", phones: [] }],
])("%j takes %j", (type, value, kept) => {
  expect(fitValue(MACHINE, type, value)).toEqual({ ok: true, value: kept });
});

test.each<[ValueType, unknown, string]>([
  [text(3), "abcd", ""],
  [text(3), " ", ""],
  [text(3), 7, ""],
  [text(3), null, ""],
  [{ t: "range", min: 1, max: 5 }, 6, ""],
  [{ t: "range", min: 1, max: 5 }, 1.5, ""],
  [{ t: "number" }, 1e15, ""],
  [{ t: "number" }, Number.NaN, ""],
  [{ t: "number" }, "1", ""],
  [{ t: "date" }, "2027-02-29", ""],
  [{ t: "date" }, "2027-2-3", ""],
  [{ t: "time" }, "24:00", ""],
  [{ t: "moment" }, "2026-11-24T22:30", ""],
  [{ t: "phone" }, "3331234567", ""],
  [{ t: "url" }, "javascript:alert(1)", ""],
  [{ t: "enum", name: "Size" }, "toString", ""],
  [{ t: "record", fields: { a: list(text(1), 0, 9) } }, { a: ["x", "yy"] }, ".a[1]"],
  [{ t: "record", fields: { toString: text(9) } }, {}, ".toString"],
  [list(text(1), 1, 2), [], ""],
  [{ t: "location" }, { latitude: 91, longitude: 9 }, ""],
  [{ t: "media" }, { kind: "image", mime: "image/png" }, ""],
])("%j does not take %j", (type, value, path) => {
  expect(fitValue(MACHINE, type, value)).toMatchObject({ ok: false, path });
  expect(fits(MACHINE, type, value)).toBe(false);
});

test("days and dates are each other's inverse, in every year from 0 to 9999", () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (days) => {
      expect(toDays(fromDays(days))).toBe(days);
      expect(printDate(fromDays(days))).toBe(new Date(days * DAY_MS).toISOString().slice(0, 10));
      expect(weekdayOf(days) % 7).toBe(new Date(days * DAY_MS).getUTCDay());
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test("local dates and times lead back to their moment, but for the hour that comes twice", () => {
  for (const zone of ["Europe/Rome", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC"]) {
    const offset = offsetOf(zone);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const moment = Math.floor(seconds / 60) * 60_000;
        const [date, time] = [dateAt(offset, moment), timeAt(offset, moment)];
        const back = toMoment(offset, date ?? "", time ?? "");
        expect([moment, moment - 3_600_000, moment - 1_800_000]).toContain(back);
        expect([dateAt(offset, back ?? 0), timeAt(offset, back ?? 0)]).toEqual([date, time]);
      }),
      { seed: 1, numRuns: 200 },
    );
  }
});

test("a time that is skipped in spring is as late as it was skipped", () => {
  const offset = offsetOf("Europe/Rome");
  expect(timeAt(offset, toMoment(offset, "2026-03-29", "02:30") ?? 0)).toBe("03:30");
});

const SNAPSHOT: Snapshot = {
  v: 1,
  machine: MACHINE.hash,
  turn: 3,
  locale: "es",
  contact: { id: "c1", phone: "393331234567", name: null },
  profile: {},
  lastUserAt: NOW - 1_000,
  reply: { kind: "text", id: "w", at: NOW, text: "hola", option: null },
  pending: {},
  conversation: {
    id: "abcdef",
    frames: [
      { flow: "order", at: "order.size", vars: { size: "small", n: 2, list: [3, 1, 2], rec: { a: 1 }, none: null } },
    ],
    wait: { kind: "wait", id: "w", turn: 3, due: NOW },
  },
};

const value = (e: Expr): Value =>
  evaluate(envOf(MACHINE, SNAPSHOT, { now: NOW, seed: "feed", outside: { TOKEN: "t" } }), e);
const call = (name: string, ...args: Expr[]): Expr => ["call", name, ...args];

test.each<[Expr, Value]>([
  [get("n"), 2],
  [get("constructor"), null],
  [get("rec.a"), 1],
  [get("rec.toString"), null],
  [["index", get("list"), 0], 3],
  [["index", get("list"), 9], null],
  [["index", get("n"), 0], null],
  [["+", get("n"), 1], 3],
  [["+", get("none"), 1], null],
  [["/", 1, 0], null],
  [["*", 2, 3], 6],
  [["neg", 2], -2],
  [["text+", "a", "b"], "ab"],
  [["date+", "2026-12-31", DAY_MS], "2027-01-01"],
  [["date-", "2026-03-01", 36 * 3_600_000], "2026-02-28"],
  [["moment-", NOW, 1_000], NOW - 1_000],
  [["==", ["record", { a: 1, b: ["list", 1] }], ["record", { b: ["list", 1], a: 1 }]], true],
  [["!=", get("size"), "small"], false],
  [["<", "2026-01-01", "2026-01-02"], true],
  [["<", get("none"), 1], false],
  [[">=", "\u{1F600}", "\uFFFD"], true],
  [["and", true, get("none")], false],
  [["or", get("none"), true], true],
  [["not", get("none")], true],
  [["??", get("none"), "x"], "x"],
  [["isNone", get("none")], true],
  [["if", ["isNone", get("none")], 1, 2], 1],
  [
    ["map", "i", get("list"), ["*", ["get", "i"], 10], [">", ["get", "i"], 1]],
    [30, 20],
  ],
  [["concat", ["Talla ", { e: get("size"), as: { enum: "Size" }, source: "{size}" }]], "Talla Pequeña"],
  [get("contact.phone"), "+393331234567"],
  [get("contact.locale"), "es"],
  [get("profile.visits"), 0],
  [get("reply.text"), "hola"],
  [get("reply.media"), null],
  [get("reply.id"), null],
  [get("window.open"), true],
  [get("env.TOKEN"), "t"],
  [get("env.toString"), null],
  [["root", "failure"], null],
  [call("len", "a😀"), 2],
  [call("clip", "abcdef", 4), "abc…"],
  [call("clip", "abc", 4), "abc"],
  [call("upper", "ß"), "SS"],
  [call("title", "ana DE conti"), "Ana De Conti"],
  [call("replace", "a.b.", ".", "$&"), "a$&b$&"],
  [call("contains", "abc", "bc"), true],
  [call("join", ["list", "a", "b"], ", "), "a, b"],
  [call("count", get("list")), 3],
  [call("sum", get("list")), 6],
  [call("min", get("list")), 1],
  [call("max", 2, 5, 3), 5],
  [call("max", ["list"]), null],
  [call("sort", get("list")), [1, 2, 3]],
  [call("round", 2.345, 2), 2.35],
  [call("mod", -7, 3), -1],
  [call("mod", 7, 0), null],
  [call("clamp", 9, 1, 5), 5],
  [call("number", "1,5"), 1.5],
  [call("number", "x"), null],
  [call("format", 7.5, 2), "7,50"],
  [call("format", 7, 0), "7"],
  [call("format", "2026-05-04", "d MMMM yyyy"), "4 mayo 2026"],
  [call("format", "2026-05-04", "EEEE dd/MM/yy 'a las'"), "lunes 04/05/26 a las"],
  [call("format", "14:05", "h:mm a"), "2:05 PM"],
  [call("format", ["call", "now"], "d MMM HH:mm"), "24 nov 23:30"],
  [call("now"), NOW],
  [call("today"), "2026-11-24"],
  [call("date", 2026, 2, 29), null],
  [call("date", 2028, 2, 29), "2028-02-29"],
  [call("time", 9, 5), "09:05"],
  [call("time", 24, 0), null],
  [call("at", "2026-11-24", "23:30"), NOW],
  [call("year", call("now")), 2026],
  [call("month", "2026-05-04"), 5],
  [call("day", "2026-05-04"), 4],
  [call("weekday", "2026-05-04"), 1],
  [call("hour", call("now")), 23],
  [call("hour", "08:15"), 8],
  [call("days", "2026-05-04", "2026-05-11"), 7],
  [call("add_months", "2026-01-31", 1), "2026-02-28"],
  [call("add_months", "9999-12-01", 1), null],
  [call("id", get("size")), "small"],
])("%j is %j", (e, expected) => {
  expect(value(e)).toEqual(expected);
});

test("random numbers follow from the seed and stay in their range; variants are the contact's for good", () => {
  const env = () => envOf(MACHINE, SNAPSHOT, { now: NOW, seed: "feed" });
  const drawn = (e: ReturnType<typeof env>): Value[] =>
    Array.from({ length: 50 }, () => evaluate(e, call("random", 3)));
  const first = drawn(env());
  expect(new Set(first)).toEqual(new Set([1, 2, 3]));
  expect(drawn(env())).toEqual(first);
  expect(value(call("variant", "greeting", 2))).toBe(value(call("variant", "greeting", 2)));
});

test("a function that is not there is an error", () => {
  expect(() => value(call("toString", "x"))).toThrow("no function toString");
});
