import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHours } from "../../src/project/hours.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function ranges(text: string): Readonly<Record<string, unknown>> {
  const read = readHours(text);
  if (!read.ok) return { problem: read.message, at: read.at };
  const week = Object.fromEntries(read.hours.week.flatMap((of, i) => (of.length > 0 ? [[DAYS[i] ?? "", of]] : [])));
  return read.hours.closed ? { ...week, closed: read.hours.closed } : week;
}

const EIGHT = [480, 960] as const;

describe("opening hours", () => {
  test.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ["mon-fri 08:00-16:00", { mon: [EIGHT], tue: [EIGHT], wed: [EIGHT], thu: [EIGHT], fri: [EIGHT] }],
    ["mon,wed 08:00-16:00", { mon: [EIGHT], wed: [EIGHT] }],
    ["Sat-Mon 08:00-16:00", { sat: [EIGHT], sun: [EIGHT], mon: [EIGHT] }],
    [
      "mon 14:00-18:00, 08:00-12:00",
      {
        mon: [
          [480, 720],
          [840, 1080],
        ],
      },
    ],
    ["mon 08:00-16:00, tue 00:00-24:00; wed 00:00-00:00", { mon: [EIGHT], tue: [[0, 1440]], wed: [[0, 1440]] }],
    ["fri 22:00-02:00", { fri: [[1320, 1560]] }],
    ["daily 08:00-16:00", Object.fromEntries(DAYS.map((day) => [day, [EIGHT]]))],
    ["mon 08:00-16:00, mon 18:00-20:00", { mon: [EIGHT, [1080, 1200]] }],
    [
      "mon 08:00-16:00, closed 12-25, 2026-04-06, 12-30..01-02; tue 08:00-16:00",
      {
        mon: [EIGHT],
        tue: [EIGHT],
        closed: [
          ["12-25", "12-25"],
          ["2026-04-06", "2026-04-06"],
          ["12-30", "01-02"],
        ],
      },
    ],
    ["mon 08:00-16:00 closed 2026-08-01 .. 2026-08-21", { problem: "a comma is missing before `closed`", at: 16 }],
    ["mon 08:00-16:00, closed 2026-08-01 .. 2026-08-21", { mon: [EIGHT], closed: [["2026-08-01", "2026-08-21"]] }],
  ])("%j are read", (text, means) => {
    expect(ranges(text)).toEqual(means);
  });

  test.each<readonly [string, string, number]>([
    ["", "days are missing: write `mon-fri`, `sat` or `daily`", 0],
    ["08:00-16:00", "`08:00-16:00` are no days: write `mon-fri`, `sat` or `daily`", 0],
    ["mon", "times are missing: write `08:00-16:00`", 3],
    ["mon-wed-fri 08:00-16:00", "`mon-wed-fri` are no days: write `mon-fri`, `sat` or `daily`", 0],
    ["monday 08:00-16:00", "`monday` are no days: write `mon-fri`, `sat` or `daily`", 0],
    ["mon 08:00", "`08:00` are no times: write `08:00-16:00`", 4],
    ["mon 08:00-16:60", "`08:00-16:60` are no times: write `08:00-16:00`", 4],
    ["mon 24:00-16:00", "`24:00-16:00` are no times: write `08:00-16:00`", 4],
    ["mon 08:00-25:00", "`08:00-25:00` are no times: write `08:00-16:00`", 4],
    ["mon 08:00-16:00,", "days are missing: write `mon-fri`, `sat` or `daily`", 16],
    ["mon 08:00-12:00, 11:00-13:00", "two ranges of `mon` overlap", 17],
    ["daily 08:00-12:00, sun 11:00-13:00", "two ranges of `sun` overlap", 23],
    ["mon 08:00-16:00, closed", "dates are missing: write `12-25` or `2026-12-25`", 23],
    ["closed 02-30", "`02-30` is no date: write `12-25` or `2026-12-25`", 7],
    ["closed 2025-02-29", "`2025-02-29` is no date: write `12-25` or `2026-12-25`", 7],
    ["closed 12-25..2026-12-26", "both ends are dates of every year, or both of one year", 14],
    ["closed 2026-12-25..2026-12-24", "`2026-12-24` is before `2026-12-25`", 19],
  ])("%j are not, and it is said where", (text, problem, at) => {
    expect(ranges(text)).toEqual({ problem, at });
  });

  test("of any text something is made, or it is said what is wrong within it", () => {
    const piece = fc.constantFrom(
      "mon",
      "fri",
      "daily",
      "closed",
      "08:00-12:00",
      "22:00-02:00",
      "12-25",
      "..",
      ",",
      ";",
      " ",
      "-",
      "x",
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const read = readHours(text);
        const told = read.ok || (read.at >= 0 && read.at <= text.length && read.message !== "");
        expect([told, read.ok ? read.hours.week.length : 7]).toEqual([true, 7]);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
