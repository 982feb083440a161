import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
const files = foldersOfThisFile();

const FLOW = `flow shop {
  on message -> what
  var count: 1..9 = 1
  state what {
    ask "What?" {
      option soap "Soap" -> end
      option crate "A crate" when count > 9 -> end
      after 1h -> end
    }
  }
}
test "soap" in shop {
  user says "hi"
  expect buttons
  user taps soap
  expect end
}
`;

describe("explore", () => {
  test("says what cannot be reached and why, and writes what no test goes through as tests that pass", () => {
    const cwd = files({ "parley.yaml": "name: shop\n", "shop.flow": FLOW });
    const told = parley(["explore"], { cwd });
    expect(told.stdout).toMatch(/^shop: 4 of 5 reached, in \d+ steps through \d+ situations\n/);
    expect(told.stdout).toContain("not reached: option shop.what:crate: it was never shown");
    expect(told.stdout).toContain("1 test would go through the rest: --write FILE writes it\n");
    expect(told.status).toBe(0);
    const wrote = parley(["explore", "--write", "more.test.flow"], { cwd });
    expect(wrote.stdout).toContain("1 test that goes through the rest is written to more.test.flow");
    expect(readFileSync(join(cwd, "more.test.flow"), "utf8")).toContain('test "nobody answers: shop.what after 1"');
    expect(parley(["test"], { cwd })).toMatchObject({ status: 0, stdout: expect.stringContaining("2 tests passed") });
    const again = parley(["explore", "--write", "again.test.flow"], { cwd });
    expect(again.stdout).toContain("nothing is missing: again.test.flow is not written");
    expect(existsSync(join(cwd, "again.test.flow"))).toBe(false);
    expect(parley(["explore", "--write", "more.test.flow"], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("more.test.flow is there already"),
    });
  });

  test("tells the same as data", () => {
    const cwd = files({ "parley.yaml": "name: shop\n", "shop.flow": FLOW });
    const report = JSON.parse(parley(["explore", "--format", "json"], { cwd }).stdout) as object;
    expect(report).toMatchObject({
      name: "shop",
      reached: 4,
      total: 5,
      tested: { covered: 3, total: 5 },
      unreached: [{ kind: "option", id: "shop.what:crate" }],
      problems: [],
      tests: [{ title: "nobody answers: shop.what after 1" }],
    });
  });
});

describe("replay", () => {
  const LINES = [
    {
      kind: "message",
      trace: [
        { kind: "begin", flow: "shop", trigger: "message" },
        { kind: "enter", flow: "shop", state: "what" },
        { kind: "ask", ask: "shop.what", again: false },
      ],
    },
    {
      kind: "message",
      trace: [
        { kind: "answer", ask: "shop.what", by: "tap", option: "soap" },
        { kind: "end", what: "shop" },
      ],
    },
  ];
  const TRACE = LINES.map(
    ({ kind, trace }, i) =>
      `${JSON.stringify({ v: 1, at: 1_767_603_600_000 + i, contact: "c", event: kind, trace })}\n`,
  ).join("");

  test("what happened is held against the bot as it is now", () => {
    const cwd = files({ "parley.yaml": "name: shop\n", "shop.flow": FLOW, "trace.jsonl": TRACE });
    expect(parley(["replay", "trace.jsonl"], { cwd })).toEqual({
      status: 0,
      stderr: "",
      stdout: "shop: 1 conversation, 2 turns compared\nit can do all that was recorded\n",
    });
    writeFileSync(join(cwd, "shop.flow"), FLOW.replace('"Soap" -> end', '"Soap" { say "Thank you" -> end }'));
    const { status, stdout } = parley(["replay", "trace.jsonl"], { cwd });
    expect(stdout).toContain("    answer shop.what by tap soap\n  - end shop\n  + send shop.what~1\n  + end shop\n");
    expect(stdout).toMatch(/1 of 1 conversation differs\n$/);
    expect(status).toBe(1);
  });
});
