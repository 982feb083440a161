/** The exit status of every command, through the real process. 3 is held by `commands.test.ts`, too. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { COMMANDS } from "../src/commands/index.ts";
import { foldersOfThisFile } from "./folders.ts";
import { endAll, ensureBuilt, environment, LAUNCHER, parley, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
afterAll(endAll);
const files = foldersOfThisFile();

const GOOD = `flow a {
  on message -> start
  state start { say "Hi" -> end }
}
test "greets" in a { user says "x" expect text containing "Hi" expect end }
`;
const BAD = GOOD.replace("-> end }", "-> endd }");

describe("each command", () => {
  test.each(COMMANDS.map((c) => [c.usage.split(" ")[0] ?? "", c] as const))(
    "%s has help with examples",
    (name, entry) => {
      const ended = parley([name, "--help"]);
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      for (const example of entry.examples) expect(ended.stdout).toContain(`  $ ${example}\n`);
      expect(entry.examples.length).toBeGreaterThan(0);
    },
  );

  test.each(COMMANDS.map((c) => c.usage.split(" ")[0] ?? ""))(
    "%s ends with 2 for an option that it has not",
    (name) => {
      const ended = parley([name, "--no-such-option"], { cwd: files({}) });
      expect(ended).toMatchObject({ status: 2, stdout: "" });
      expect(ended.stderr).toContain("unknown option");
    },
  );

  test("all statuses are in the help", () => {
    expect(parley(["--help"]).stdout).toContain(
      "Exit status: 0 clean, 1 findings, 2 wrong use or input, 3 a mistake of parley, 4 serve: its disk failed, 130 interrupted.",
    );
  });
});

describe("0 for a clean bot, 1 for one with errors, 2 where there is none", () => {
  test.each([
    ["check", []],
    ["build", []],
    ["test", []],
    ["graph", []],
    ["chat", []],
    ["check", ["--fix"]],
    ["test", ["--format", "junit"]],
  ] as const)("%s %j", (command, more) => {
    const status = (content: Readonly<Record<string, string>>): number | null =>
      parley([command, ...more], { cwd: files(content), ...(command === "chat" ? { input: "hi\n" } : {}) }).status;
    expect([status({ "a.flow": GOOD }), status({ "a.flow": BAD }), status({})]).toEqual([0, 1, 2]);
  });
});

describe("3 for a mistake of ours", () => {
  test.each(["check", "build", "test", "graph"])("%s", (command) => {
    const dir = files({
      "a.flow": "flow a {",
      "break.mjs": 'WeakMap.prototype.get = () => { throw new TypeError("broken"); };\n',
    });
    const args = ["--import", join(dir, "break.mjs"), LAUNCHER, command, "a.flow"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: dir, env: environment() });
    expect(status).toBe(3);
    expect(stderr).toContain("This is a mistake of parley, not of yours");
  });
});

describe("130 for Ctrl-C", () => {
  test.each([
    [["check", "--watch"], /watching for changes/],
    [["serve", "--emulator", "--port", "0", "--emulator-port", "0"], /webhook|emulat/i],
  ] as const)(
    "%j",
    async (args, ready) => {
      const run = start(args, { cwd: files({ "a.flow": GOOD }) });
      await run.until(ready);
      run.child.kill("SIGINT");
      expect(await run.ended).toBe(130);
    },
    60_000,
  );
});
