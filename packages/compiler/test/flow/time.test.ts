import { expect, describe as group, test } from "vitest";
import { constantMs, showTime } from "../../src/flow/time.ts";
import { parse } from "../../src/syntax/parse.ts";

/** The expression of a `wait`. */
function timeOf(expr: string): number | undefined {
  const { value, diagnostics } = parse({ path: "a.flow", text: `flow f { state s { wait ${expr} -> end } }` });
  const flow = value.declarations.find((d) => d.kind === "FlowDecl");
  const wait = flow?.states[0]?.body.statements.find((s) => s.kind === "Wait");
  if (!wait || diagnostics.length > 0) throw new Error(`no time: ${expr}`);
  return constantMs(wait.time);
}

group("a time is known before the conversation runs", () => {
  test.each([
    ["2h", 7_200_000],
    ["1h + 30m", 5_400_000],
    ["1h - 30m", 1_800_000],
    ["2 * 1h", 7_200_000],
    ["1h * 2", 7_200_000],
    ["1h / 2", 1_800_000],
    ["(1 + 1) * 1h", 7_200_000],
  ])("where it is written out: %s", (expr, ms) => expect(timeOf(expr)).toBe(ms));

  test.each([["x"], ["1h + x"], ["x * 1h"], ["1h / 0"], ["1h / 30m"], ["1h - 2h"], ["5"], ["1h ?? 2h"]])(
    "but not where it is no duration from 0 on: %s",
    (expr) => expect(timeOf(expr)).toBeUndefined(),
  );
});

test.each([
  [0, "0 s"],
  [10_000, "10 s"],
  [86_100_000, "23 h 55 min"],
  [3_605_000, "1 h"],
  [72 * 3_600_000, "72 h"],
  [96 * 3_600_000, "4 d"],
  [97 * 3_600_000, "4 d 1 h"],
  [Number.POSITIVE_INFINITY, "any time"],
])("%i ms are shown in at most two units: %s", (ms, shown) => expect(showTime(ms)).toBe(shown));

test.each([
  [86_130_000, 86_100_000, "23 h 55 min 30 s"],
  [86_400_000 * 4 + 3_605_000, 86_400_000 * 4 + 3_600_000, "4 d 1 h 5 s"],
  [3_605_000, 3_600_000, "1 h 5 s"],
  [3_605_000, 3_605_000, "1 h"],
  [86_160_000, 86_100_000, "23 h 56 min"],
  [Number.POSITIVE_INFINITY, 86_100_000, "any time"],
])("%i ms beside %i ms are shown so that they differ: %s", (ms, other, shown) =>
  expect(showTime(ms, other)).toBe(shown),
);
