import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt, folder, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);

const TIDY = "flow a {\n  on message -> s\n\n  state s {\n    -> end\n  }\n}\n";
const UNTIDY = "flow b { on message->s\n state s { ->end } }\n";
const TIDIED = TIDY.replace("flow a", "flow b");
const BROKEN = "flow c {\n  state s { say }\n}\n";

const cleaning: (() => void)[] = [];
afterAll(() => {
  for (const clean of cleaning) clean();
});

function files(content: Readonly<Record<string, string>>): string {
  const { dir, clean } = folder(content);
  cleaning.push(clean);
  return dir;
}

describe("fmt", () => {
  test("writes the files that it changes, and no other, in bots and folders below", () => {
    const dir = files({
      "a.flow": TIDY,
      "bot/parley.yaml": "name: bot\n",
      "bot/b.flow": UNTIDY,
      "x/.hidden/c.flow": UNTIDY,
    });
    const before = statSync(join(dir, "a.flow")).mtimeMs;
    expect(parley(["fmt"], { cwd: dir })).toEqual({
      status: 0,
      stdout: "bot/b.flow\n",
      stderr: "formatted: 1 of 2 files\n",
    });
    expect(readFileSync(join(dir, "bot/b.flow"), "utf8")).toBe(TIDIED);
    expect(readFileSync(join(dir, "x/.hidden/c.flow"), "utf8")).toBe(UNTIDY);
    expect(statSync(join(dir, "a.flow")).mtimeMs).toBe(before);
    expect(parley(["fmt", "a.flow", "bot"], { cwd: dir })).toMatchObject({ status: 0, stdout: "" });
  });

  test("leaves files with syntax errors alone, tells them, and formats the others", () => {
    const dir = files({ "b.flow": UNTIDY, "c.flow": BROKEN });
    const { status, stdout, stderr } = parley(["fmt"], { cwd: dir });
    expect([status, stdout]).toEqual([1, "b.flow\n"]);
    expect(stderr).toContain("P1001");
    expect(stderr).toContain("c.flow:2:17");
    expect(readFileSync(join(dir, "c.flow"), "utf8")).toBe(BROKEN);
  });

  test("--check names what is not formatted, writes nothing and ends with 1", () => {
    const dir = files({ "a.flow": TIDY, "b.flow": UNTIDY, "crlf.flow": TIDY.replaceAll("\n", "\r\n") });
    expect(parley(["fmt", "--check"], { cwd: dir })).toEqual({
      status: 1,
      stdout: "b.flow\ncrlf.flow\n",
      stderr: "to format: 2 of 3 files\n",
    });
    expect(readFileSync(join(dir, "b.flow"), "utf8")).toBe(UNTIDY);
    expect(parley(["fmt", "--check", "a.flow"], { cwd: dir })).toMatchObject({ status: 0, stdout: "" });
  });

  test("--diff prints what `git apply` takes, and writes nothing", () => {
    const middle = Array.from({ length: 12 }, (_, i) => `type T${i} = a | b\n`).join("");
    const content = {
      "b.flow": UNTIDY,
      "end.flow": TIDY.slice(0, -1),
      "far.flow": `type  A = a|b\n${middle}type  B = a|b\n\n\n\ntype C = a | b`,
    };
    const dir = files(content);
    const { status, stdout } = parley(["fmt", "--diff"], { cwd: dir });
    expect(status).toBe(0);
    for (const [name, text] of Object.entries(content)) expect(readFileSync(join(dir, name), "utf8")).toBe(text);
    expect(stdout).toContain("--- b.flow\n+++ b.flow\n@@ -1,2 +1,7 @@\n-flow b { on message->s\n");
    expect(stdout.match(/^@@/gm)).toHaveLength(4);
    const { status: applied, stderr } = spawnSync("git", ["apply", "-p0", "--unidiff-zero", "-"], {
      cwd: dir,
      input: stdout,
    });
    expect([applied, stderr.toString()]).toEqual([0, ""]);
    expect(parley(["fmt", "--check"], { cwd: dir })).toMatchObject({ status: 0, stdout: "" });
    expect(parley(["fmt", "--check", "--diff"], { cwd: files({ "b.flow": UNTIDY }) }).status).toBe(1);
  });

  test("- goes from standard input to standard output", () => {
    expect(parley(["fmt", "-"], { input: UNTIDY })).toEqual({ status: 0, stdout: TIDIED, stderr: "" });
    const { status, stdout, stderr } = parley(["fmt", "-", "--stdin-file-path", "new/c.flow"], { input: BROKEN });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("new/c.flow:2:17");
    expect(parley(["fmt", "-", "--check"], { input: UNTIDY })).toMatchObject({ status: 1, stdout: "stdin.flow\n" });
    expect(parley(["fmt", "-", "--check"], { input: TIDY })).toMatchObject({ status: 0, stdout: "" });
    expect(parley(["fmt", "-", "--diff"], { input: UNTIDY }).stdout).toContain("+flow b {\n");
  });

  test.each([
    [["fmt", "nowhere"], "there is no file or folder nowhere"],
    [["fmt", "note.txt"], "note.txt is not a .flow file"],
    [["fmt", "empty"], "there is no .flow file in empty"],
    [["fmt", "-", "a.flow"], "standard input (-) cannot be formatted together with other paths"],
  ])("%j ends with 2", (args, message) => {
    const dir = files({ "note.txt": "", "a.flow": TIDY, "empty/note.txt": "" });
    expect(parley(args, { cwd: dir })).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});
