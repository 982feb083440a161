/** The scripts in the shells themselves, where these are installed. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { COMMANDS } from "../src/commands/index.ts";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, environment, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();
const NAMES = COMMANDS.map((c) => c.usage.split(" ")[0] ?? "");

/** A folder with the script and something to complete. */
function prepared(shell: string): string {
  const { stdout } = parley(["completion", shell]);
  return files({ script: stdout, "order.flow": "", "my order.flow": "", "deep/x.flow": "" });
}

function has(shell: string): boolean {
  const found = spawnSync(shell, ["-c", "exit 0"]).status === 0;
  if (!found) console.log(`skipped: ${shell} is not installed`);
  return found;
}

const HAS = { bash: has("bash"), zsh: has("zsh"), fish: has("fish") };

function run(shell: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, status, error } = spawnSync(shell, args, {
    cwd,
    encoding: "utf8",
    env: environment({ TERM: "dumb" }),
    timeout: 60_000,
  });
  if (error) throw error;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe.skipIf(!HAS.bash)("bash", () => {
  /** Has bash complete the last of these words. */
  const complete = (...words: readonly string[]): readonly string[] => {
    const dir = prepared("bash");
    const list = words.map((w) => `'${w}'`).join(" ");
    writeFileSync(
      join(dir, "ask"),
      `source ./script\nCOMP_WORDS=(parley ${list})\nCOMP_CWORD=${words.length}\n_parley\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`,
    );
    return run("bash", ["--norc", "ask"], dir)
      .split("\n")
      .filter((line) => line !== "" && !["ask", "script"].includes(line));
  };

  test("knows the function that completes parley", () => {
    expect(run("bash", ["--norc", "-c", "source ./script; complete -p parley"], prepared("bash"))).toBe(
      "complete -F _parley parley\n",
    );
  });

  test("completes every command, and what begins as was written", () => {
    expect(complete("")).toEqual(expect.arrayContaining([...NAMES, "help", "--version"]));
    expect(complete("che")).toEqual(["check"]);
    expect(complete("help", "gr")).toEqual(["graph"]);
  });

  test("completes the options of each command as its help shows them", () => {
    for (const name of NAMES) {
      const shown = [...parley([name, "--help"]).stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(
        ([, o]) => o ?? "",
      );
      expect([...complete(name, "--")].sort()).toEqual([...new Set(shown)].sort());
    }
  });

  test("completes values, files and codes", () => {
    expect(complete("check", "--format", "")).toEqual([
      "human",
      "json",
      "concise",
      "sarif",
      "github",
      "junit",
      "gitlab",
    ]);
    expect(complete("graph", "--format", "m")).toEqual(["mermaid"]);
    expect(complete("init", "--template", "")).toEqual(["hello", "order", "support"]);
    expect(complete("completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(complete("explain", "P3001")).toEqual(["P3001"]);
    expect(complete("check", "--max-warnings", "")).toEqual([]);
    expect(complete("check", "o")).toEqual(["order.flow"]);
    expect(complete("check", "m")).toEqual(["my order.flow"]);
    expect(complete("build", "-o", "d")).toEqual(["deep"]);
    expect(complete("check", "--format", "json", "=", "o")).toEqual(["order.flow"]);
  });
});

describe.skipIf(!HAS.zsh)("zsh", () => {
  /** Types into a zsh in a terminal of its own, and reads until the pattern is there. */
  const typed = (line: string, pattern: string): string => {
    const dir = prepared("zsh");
    writeFileSync(
      join(dir, "ask"),
      `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1=""; setopt nobeep; autoload -Uz compinit; compinit -D -u; source ./script; print "rea""dy"'
zpty -r shell out '*ready*'
zpty -w -n shell $'${line}\\t\\t'
zpty -r shell out '*${pattern}*'
print -r -- $out
zpty -d shell
`,
    );
    return run("zsh", ["-f", "ask"], dir);
  };

  test("reads the script", () => {
    expect(run("zsh", ["-f", "-n", "script"], prepared("zsh"))).toBe("");
  });

  test("completes commands, options, values and codes", () => {
    expect(typed("parley che", "check")).toContain("check");
    expect(typed("parley ", "completion *--")).toContain("build");
    expect(typed("parley check --f", "--format")).toContain("--fix");
    expect(typed("parley test --format j", "junit")).toContain("json");
    expect(typed("parley explain P300", "P3009")).toContain("P3001");
  });
});

describe.skipIf(!HAS.fish)("fish", () => {
  const complete = (line: string): readonly string[] =>
    run("fish", ["--no-config", "-c", `source script; complete -C ${JSON.stringify(line)}`], prepared("fish"))
      .split("\n")
      .filter((l) => l !== "")
      .map((l) => l.split("\t")[0] ?? "");

  test("completes commands, options, values, files and codes", () => {
    expect(complete("parley ")).toEqual(expect.arrayContaining(NAMES));
    expect(complete("parley che")).toEqual(["check"]);
    expect(complete("parley check --f")).toEqual(["--fix", "--format"]);
    expect(complete("parley test --format ")).toEqual(["human", "json", "junit"]);
    expect(complete("parley explain P3001")).toEqual(["P3001"]);
    expect(complete("parley check o")).toContain("order.flow");
    expect(complete("parley explain o")).toEqual([]);
  });
});

test("there is no other shell", () => {
  expect(parley(["completion", "tcsh"])).toEqual({
    status: 2,
    stdout: "",
    stderr: "error: there is no completion for tcsh; there is bash, zsh, fish\n",
  });
});
