import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { endAll, ensureBuilt, parley, ROOT, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

function example(name: string): string {
  const cwd = files({});
  cpSync(join(ROOT, "examples", name), cwd, { recursive: true });
  return cwd;
}

const FLOW = `flow order {
  on message -> start
  state start {
    ask buttons "Which one?" {
      option one "One"
      option two "Two" { say "Two it is." }
      else "Please tap." retry 1 -> end
      after 1h { say "Still there?" }
    }
    let price = lookup() else -> gone
    say "It costs {price}."
    -> end
  }
  state gone {
    say "Gone."
    -> end
  }
}

action lookup() -> 1..99
`;

const TEST = `test "one" in order {
  mock lookup = 7
  user says "hi"
  expect buttons containing "Which" with option two // both
  user taps one
  expect text containing "It costs 7"
  expect end
}
`;

function bot(tests: string = TEST, flow: string = FLOW): string {
  return files({ "parley.yaml": "name: shop\n", "order.flow": flow, "order.test.flow": tests });
}

describe("coverage", () => {
  test("is a table by flow, and the places that no test goes through", () => {
    const { stdout, status } = parley(["test", "--coverage"], { cwd: bot() });
    expect(stdout).toContain(`
1 test passed

shop   states  asks  options  else  after  failures
order     1/2   1/1      1/2   0/1    0/1       0/1  37.5 %
3 of 8 covered, 37.5 %

no test goes through:
  order.flow:6:7: option order.start:two
  order.flow:7:7: else order.start
  order.flow:8:7: after order.start after 1
  order.flow:10:5: failure order.start.lookup
  order.flow:14:9: state order.gone
`);
    expect(status).toBe(0);
  });

  test("is written in several formats at once, also to files; paths are no formats", () => {
    const cwd = bot();
    const args = ["--coverage", "lcov=lcov.info", "--coverage", "json=c.json", "--coverage", "html=c.html"];
    expect(parley(["test", ...args, "--coverage", "."], { cwd }).stdout).toContain("3 of 8 covered");
    const lcov = readFileSync(join(cwd, "lcov.info"), "utf8");
    expect(lcov).toMatch(/^TN:\nSF:order\.flow\nFN:3,order\.start\n/);
    expect(lcov).toContain("\nBRDA:5,0,0,1\nBRDA:6,0,0,0\n");
    expect(lcov).toContain("\nDA:14,0\n");
    expect(lcov.endsWith("end_of_record\n")).toBe(true);
    const json = JSON.parse(readFileSync(join(cwd, "c.json"), "utf8"));
    expect(json).toMatchObject({ version: 1, covered: 3, total: 8 });
    expect(json.items).toContainEqual({
      ...{ bot: "shop", kind: "else", id: "order.start", count: 0 },
      ...{ file: "order.flow", line: 7, column: 7 },
    });
    const html = readFileSync(join(cwd, "c.html"), "utf8");
    expect(html).toContain('<span class="none" id="order.flow:14" title="state order.gone: 0"><i>14</i>');
    // The action was called, and never failed.
    expect(html).toContain(
      '<span class="part" id="order.flow:10" title="failure order.start.lookup: 0"><i>10</i><i>1×</i>',
    );
    expect(html).toContain('<a href="#order.flow:14">order.flow:14</a> state order.gone');
    expect(html).not.toMatch(/src=|href="[^#]/);
  });

  test("exits 1 below the least that is asked for", () => {
    const ended = parley(["test", "--coverage-min", "38"], { cwd: bot() });
    expect(ended).toMatchObject({ status: 1, stderr: "coverage of shop: 37.5 %, and --coverage-min is 38 %\n" });
    expect(parley(["test", "--coverage-min", "37"], { cwd: bot() }).status).toBe(0);
  });

  test("and results do not mix on standard output", () => {
    const ended = parley(["test", "--coverage", "--format", "json"], { cwd: bot() });
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(parley(["test", "--coverage", "xml"], { cwd: bot() }).stderr).toContain("text, lcov, json, html");
  });
});

describe("locales", () => {
  test("run each test in every language, with coverage of each", () => {
    const { stdout, status } = parley(["test", "examples/05-support", "--locales", "all", "--coverage"]);
    expect(stdout).toMatch(/passed {2}.+ \[ar\]\npassed/);
    expect(stdout).toMatch(/\nde .* 100 %\nen .* 100 %\n/);
    expect(status).toBe(0);
    expect(parley(["test", "examples/05-support", "--locales", "xx"]).stderr).toContain("it has en, de, ar");
  });
});

describe("update", () => {
  const changed = FLOW.replace("Which one?", "What shall it be?")
    .replace("It costs {price}.", "That is {price} euro.")
    .replace("-> end\n  }\n  state gone", 'say "Bye."\n    -> end\n  }\n  state gone');

  test("rewrites what is expected to what came, shows that, and keeps the rest", () => {
    const cwd = bot(TEST, changed);
    const { stdout, stderr, status } = parley(["test", "--update"], { cwd });
    expect(readFileSync(join(cwd, "order.test.flow"), "utf8")).toBe(`test "one" in order {
  mock lookup = 7
  user says "hi"
  expect buttons containing "What shall it be?" with option two // both
  user taps one
  expect text containing "That is 7 euro."
  expect text containing "Bye."
  expect end
}
`);
    expect(stderr).toContain('-  expect text containing "It costs 7"\n+  expect text containing "That is 7 euro."');
    expect(stderr).toContain("\nupdated 1 test\n");
    expect(stdout).toMatch(/\n1 test passed\n$/);
    expect(status).toBe(0);
  });

  test("says what no other `expect` helps, and changes nothing that passes", () => {
    const cwd = bot(TEST.replace("expect end", 'expect that contact.name != "Ana"'));
    const { stderr, status } = parley(["test", "--update"], { cwd });
    expect(stderr).toContain('order.test.flow:7:3: "one" goes no further: the condition does not hold');
    expect(status).toBe(1);
    const passing = bot();
    expect(parley(["test", "--update"], { cwd: passing })).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(passing, "order.test.flow"), "utf8")).toBe(TEST);
  });
});

describe("threads", () => {
  test("give the same results in the same order, in every format", () => {
    const tests = Array.from({ length: 12 }, (_, i) =>
      TEST.replace('"one"', `"number ${i}"`).replace("costs 7", i % 5 === 3 ? "costs 8" : "costs 7"),
    ).join("\n");
    const cwd = bot(tests);
    const one = parley(["test", "--jobs", "1", "--coverage", "--format", "human", "--format", "junit=1.xml"], { cwd });
    const three = parley(["test", "--jobs", "3", "--coverage", "--format", "human", "--format", "junit=3.xml"], {
      cwd,
    });
    expect(three).toEqual(one);
    expect(one.stdout).toContain("\n2 failed, 10 passed\n");
    const xml = (name: string): string => readFileSync(join(cwd, name), "utf8").replace(/time="[^"]*"/g, "");
    expect(xml("3.xml")).toBe(xml("1.xml"));
  });
});

test("a failure shows the message that is not as written, the step, and the seed", () => {
  const cwd = bot(TEST.replace("costs 7", "costs 8"));
  const { stdout } = parley(["test", "--seed", "x1"], { cwd });
  expect(stdout).toMatch(/┏━+┓\n {4}┃ It costs 7\. +┃\n {4}┗━+ 09:00 ━┛\n {4}✗ expect text containing "It costs 8"\n/);
  expect(stdout).toContain('      expected  text containing "It costs 8"\n      got       text "It costs 7."\n');
  expect(stdout).toContain("      seed      x1\n");
});

test("watch runs again after a change, and outlives what is wrong meanwhile", async () => {
  const cwd = bot();
  const { child, until, ended } = start(["test", "--watch"], { cwd });
  try {
    await until(/1 test passed\n[\s\S]*watching for changes/);
    writeFileSync(join(cwd, "order.test.flow"), "");
    await until(/error: there is no test\n/);
    writeFileSync(join(cwd, "order.test.flow"), TEST.replace("costs 7", "costs 8"));
    await until(/1 failed, 0 passed\n/);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
  } finally {
    endAll();
  }
});

test("the trace of the page is one that the pizzeria writes", () => {
  const cwd = example("02-pizzeria");
  const [, line = ""] = /```json\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "docs/testing.md"), "utf8")) ?? [];
  writeFileSync(join(cwd, "trace.jsonl"), line);
  expect(parley(["replay", "trace.jsonl"], { cwd })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("1 conversation, 1 turn compared"),
  });
});

test("the commands of the page work as it says", () => {
  const page = readFileSync(join(ROOT, "docs/testing.md"), "utf8");
  const [, block = ""] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
  const commands = block.trim().split("\n");
  expect(commands.length).toBeGreaterThan(5);
  const cwd = example("01-hello");
  for (const line of commands) {
    const [name, ...args] = line.replace(/#.*/, "").trim().split(/\s+/);
    expect(name).toBe("parley");
    const here: Readonly<Record<string, string>> = { order: "joke", "order.test.flow": "hello.flow" };
    const given = args.map((arg) => here[arg] ?? arg);
    expect([line, parley(given, { cwd }).status]).toEqual([line, 0]);
  }
});

test("of a file that is named its own tests run, and of a flow without any all those of its bot", () => {
  const cwd = bot();
  const other = 'test "the other" in order {\n  user says "hi"\n  expect buttons\n}\n';
  writeFileSync(join(cwd, "other.test.flow"), other);
  expect(parley(["test", "other.test.flow"], { cwd }).stdout).toMatch(/\n\npassed {2}the other\n\n1 test passed\n$/);
  expect(parley(["test", "order.flow"], { cwd }).stdout).toMatch(/ tests? passed\n$/);
  writeFileSync(join(cwd, "broken.flow"), "flow {");
  expect(parley(["test", "other.test.flow"], { cwd }).status).toBe(1);
});

describe("replay", () => {
  const turn = (at: number, event: string, ...trace: readonly object[]): string =>
    `${JSON.stringify({ v: 1, at: 1_767_603_600_000 + at, contact: "a1", event, trace })}\n`;
  const begun = [
    { kind: "begin", flow: "order", trigger: "message" },
    { kind: "enter", flow: "order", state: "start" },
    { kind: "ask", ask: "order.start", again: false },
  ];

  function trace(cwd: string, ...lines: readonly string[]): void {
    writeFileSync(join(cwd, "trace.jsonl"), lines.join(""));
  }

  test("finds the first step that the bot does not do any more", () => {
    const cwd = bot();
    const chosen = [
      { kind: "answer", ask: "order.start", by: "tap", option: "two" },
      { kind: "send", message: "order.start~1" },
      { kind: "action", call: "order.start.lookup" },
    ];
    trace(cwd, turn(0, "message", ...begun), turn(1000, "message", ...chosen));
    const same = parley(["replay", "trace.jsonl"], { cwd });
    expect(same.stdout).toBe("shop: 1 conversation, 2 turns compared\nit can do all that was recorded\n");
    expect(same.status).toBe(0);
    writeFileSync(join(cwd, "order.flow"), FLOW.replace('{ say "Two it is." }', "-> gone"));
    const { stdout, status } = parley(["replay", "trace.jsonl", "."], { cwd });
    expect(stdout).toContain(`contact a1, turn 2 (message, 2026-01-05T09:00:01.000Z):
    answer order.start by tap two
  - send order.start~1
  - action order.start.lookup
  + enter order.gone
`);
    expect(status).toBe(1);
    const { differences } = JSON.parse(parley(["replay", "trace.jsonl", "--format", "json"], { cwd }).stdout);
    expect(differences).toMatchObject([{ contact: "a1", turn: 2, event: "message" }]);
  });

  test("says what is no trace", () => {
    const cwd = bot();
    trace(cwd, turn(0, "message", ...begun), "{}\n");
    expect(parley(["replay", "trace.jsonl"], { cwd })).toMatchObject({
      status: 2,
      stderr: "error: trace.jsonl: line 2 is no line of a trace\n",
    });
  });

  test("takes what a bot that is served writes", async () => {
    const cwd = example("02-pizzeria");
    const served = start(
      ["serve", "--emulator", "--demo", "--port", "0", "--emulator-port", "0", "--trace", "t.jsonl"],
      { cwd },
    );
    try {
      await served.until(/The bot goes on serving/, 60_000);
      served.child.kill("SIGINT");
      await served.ended;
    } finally {
      endAll();
    }
    const text = readFileSync(join(cwd, "t.jsonl"), "utf8");
    expect(text.trim().split("\n").length).toBeGreaterThan(1);
    expect(parley(["replay", "t.jsonl"], { cwd })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/1 conversation, \d\d turns compared\nit can do all that was recorded\n$/),
    });
  });
});
