import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOG, pageOf } from "@parley/compiler";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VERSION } from "../src/version.ts";
import { ensureBuilt, environment, folder, LAUNCHER, parley, ROOT } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);

const HELLO = join(ROOT, "examples/01-hello/hello.flow");
const cleaning: (() => void)[] = [];
afterAll(() => {
  for (const clean of cleaning) clean();
});

function files(content: Readonly<Record<string, string | Uint8Array>>): string {
  const { dir, clean } = folder(content);
  cleaning.push(clean);
  return dir;
}

function content(dir: string): Readonly<Record<string, string>> {
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map((p) => [
      join(p.parentPath, p.name).slice(dir.length + 1),
      readFileSync(join(p.parentPath, p.name), "utf8"),
    ]),
  );
}

describe("build", () => {
  test("writes machine, payloads, types and reports, the same bytes each time", () => {
    const dir = files({ "hello.flow": readFileSync(HELLO) });
    expect(parley(["build", "hello.flow"], { cwd: dir })).toMatchObject({ status: 0, stdout: "no errors in 1 file\n" });
    const first = content(join(dir, "dist"));
    for (const name of [
      "machine.json",
      "bot.d.ts",
      "strings.json",
      "machine.map.json",
      "report.json",
      "payloads/hello.welcome.en.json",
    ]) {
      expect(Object.keys(first)).toContain(name);
    }
    expect(parley(["build", "hello.flow", "-o", "again"], { cwd: dir }).status).toBe(0);
    expect(content(join(dir, "again"))).toEqual(first);
  });

  test("leaves what is unchanged alone and takes payloads away that are gone", () => {
    const dir = files({
      "hello.flow": readFileSync(HELLO),
      "dist/payloads/old.en.json": "{}",
      "dist/mine.txt": "mine",
    });
    parley(["build", "hello.flow"], { cwd: dir });
    const before = statSync(join(dir, "dist/machine.json")).mtimeMs;
    expect(Object.keys(content(join(dir, "dist")))).not.toContain("payloads/old.en.json");
    expect(content(join(dir, "dist"))["mine.txt"]).toBe("mine");
    parley(["build", "hello.flow"], { cwd: dir });
    expect(statSync(join(dir, "dist/machine.json")).mtimeMs).toBe(before);
  });

  test("writes nothing where there are errors", () => {
    const dir = files({ "bad.flow": readFileSync(HELLO, "utf8").replace("-> joke", "-> jok") });
    expect(parley(["build", "bad.flow"], { cwd: dir }).status).toBe(1);
    expect(readdirSync(dir)).toEqual(["bad.flow"]);
  });

  test("of several bots at once is refused", () => {
    const dir = files({ "a.flow": "", "b.flow": "" });
    expect(parley(["build"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("there are 2 bots here"),
    });
  });

  test("into a folder that is a file says so", () => {
    const dir = files({ "hello.flow": readFileSync(HELLO), out: "" });
    expect(parley(["build", "hello.flow", "-o", "out"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("out cannot be written"),
    });
  });
});

describe("test", () => {
  test("passes and says how many tests passed", () => {
    const ended = parley(["test", HELLO]);
    expect(ended.stdout).toContain("passed  a joke\n");
    expect(ended.stdout).toMatch(/\n3 tests passed\n$/);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
  });

  test("runs those whose title contains the filter", () => {
    const ended = parley(["test", HELLO, "--filter", "joke"]);
    expect(ended.stdout).toBe("passed  a joke\n\n1 test passed\n");
    expect(parley(["test", HELLO, "--filter", "no such"])).toMatchObject({ status: 2, stdout: "" });
  });

  test("fails with the step that did not go as written", () => {
    const dir = files({ "a.flow": readFileSync(HELLO, "utf8").replace('"arrow"', '"airplane"') });
    const ended = parley(["test", "a.flow"], { cwd: dir });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toMatch(/FAILED {2}a joke\n {4}--> a\.flow:\d+:3\n {8}expect text containing "airplane"\n/);
    expect(ended.stdout).toMatch(/\n1 failed, 2 passed\n$/);
  });

  test("shows the conversation up to the step that failed, and marks that step", () => {
    const dir = files({ "a.flow": readFileSync(HELLO, "utf8").replace('"arrow"', '"airplane"') });
    const shown = parley(["test", "a.flow"], { cwd: dir }).stdout;
    expect(shown).toMatch(
      /\n {4}┏━+┓\n[\s\S]*by an arrow[\s\S]*┛\n[\s\S]*╯\n {4}✗ expect text containing "airplane"\n/i,
    );
  });

  test("tells warnings as a number, and how to see them", () => {
    const text = readFileSync(HELLO, "utf8").replace(/^flow (\w+) \{/m, "flow $1 {\n  var unused: 1..9 = 1\n");
    const ended = parley(["test", "a.flow"], { cwd: files({ "a.flow": text }) });
    expect(ended.stdout).toMatch(/^1 warning: `parley check a\.flow` shows it\n\npassed/);
    expect(ended.stdout).not.toContain("P5006");
    expect(ended.status).toBe(0);
  });

  test("does not run what has errors, and is not green without a test", () => {
    const broken = files({ "a.flow": readFileSync(HELLO, "utf8").replace("-> joke", "-> jok") });
    expect(parley(["test"], { cwd: broken })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("error[P2001]"),
    });
    const none = files({ "a.flow": 'flow a {\n  on message -> s\n  state s { say "Hi" -> end }\n}\n' });
    expect(parley(["test"], { cwd: none })).toEqual({ status: 2, stdout: "", stderr: "error: there is no test\n" });
  });
});

describe("chat", () => {
  test("through a pipe: a number taps, text is sent, time can pass", () => {
    const ended = parley(["chat", HELLO], { input: "hi\n1\n" });
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const said = [
      "hi",
      "Hello! What can I do for you?",
      "1  Tell me a joke",
      "2  Opening hours",
      "Why did the bot",
      "Write again",
    ];
    const places = said.map((text) => ended.stdout.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test("a number that is no option is sent as text, and what is wrong is said", () => {
    const ended = parley(["chat", HELLO], { input: "hi\n7\n/fly\n/tap Nothing\n/quit\nnever\n" });
    expect(ended.status).toBe(0);
    expect(ended.stdout).toMatch(/│ 7 +│/);
    expect(ended.stdout).toContain("there is no /fly");
    expect(ended.stdout).toContain('has an option "Nothing"');
    expect(ended.stdout).not.toContain("never");
  });

  test("of a bot with errors shows them", () => {
    const dir = files({ "a.flow": readFileSync(HELLO, "utf8").replace("-> joke", "-> jok") });
    expect(parley(["chat"], { cwd: dir })).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("error[P2001]"),
    });
  });

  test("of a bot without flows is refused", () => {
    expect(parley(["chat"], { cwd: files({ "a.flow": "" }) })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no flow to run"),
    });
  });
});

describe("explain", () => {
  test("has the page of each code beside it", () => {
    const pages = Object.keys(CATALOG).map((code) =>
      pageOf(code as keyof typeof CATALOG).replace("docs/diagnostics/", ""),
    );
    expect(readdirSync(join(ROOT, "packages/cli/dist/bundle/pages")).sort()).toEqual(pages.sort());
  });

  test("shows a page, however the code is written", () => {
    const ended = parley(["explain", "p3001"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^P3001: too many buttons\n/);
    expect(ended.stdout).toContain("\n    flow shop {\n");
    expect(ended.stdout).not.toContain("```");
    expect(ended.stdout).toBe(parley(["explain", "P3001"]).stdout);
  });

  test("without a code lists all", () => {
    const { stdout } = parley(["explain"]);
    for (const code of Object.keys(CATALOG)) expect(stdout).toContain(`${code}  `);
  });

  test("of an unknown code is wrong use", () => {
    expect(parley(["explain", "P0000"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: there is no diagnostic P0000 (parley explain lists them all)\n",
    });
  });
});

describe("the launcher", () => {
  test("tells an old Node what is needed", () => {
    const dir = files({});
    const fake = join(dir, "old.mjs");
    writeFileSync(
      fake,
      `Object.defineProperty(process.versions, "node", { value: "20.11.0" });\nprocess.argv.splice(1, 1);\nawait import(${JSON.stringify(LAUNCHER)});\n`,
    );
    const { status, stderr } = spawnSync(process.execPath, [fake, LAUNCHER, "--version"], {
      encoding: "utf8",
      env: environment(),
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "error: parley needs Node 22.13 or newer, this is Node 20.11.0\n",
    });
  });

  test("says the version of the package", () => {
    const about = JSON.parse(readFileSync(join(ROOT, "packages/cli/package.json"), "utf8")) as { version: string };
    expect(VERSION).toBe(about.version);
  });

  test("a reader that has seen enough is no mistake", () => {
    const command = `"${process.execPath}" "${LAUNCHER}" explain | head -n 1`;
    const { status, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", command], {
      encoding: "utf8",
      env: environment(),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("a mistake of ours", () => {
  test("ends with 3, names the file and asks for a report", () => {
    const dir = files({
      "a.flow": "flow a {",
      "break.mjs": 'WeakMap.prototype.get = () => { throw new TypeError("broken"); };\n',
    });
    const args = ["--import", join(dir, "break.mjs"), LAUNCHER, "check", "a.flow"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: dir, env: environment() });
    expect(status).toBe(3);
    expect(stderr).toMatch(/^bug: parley 0\.1\.0 failed at a\.flow/);
    expect(stderr).toContain("This is a mistake of parley, not of yours. Please report it");
    expect(stderr).toContain("TypeError: broken");
    expect(stderr).toContain(`Node ${process.versions.node}`);
  });
});

describe("each command loads what it needs", () => {
  test("check loads neither runtime, emulator nor SQLite", () => {
    const dir = files({ "trace.mjs": "" });
    const hooks = join(dir, "trace.mjs");
    writeFileSync(
      hooks,
      `import { registerHooks } from "node:module";\nregisterHooks({ load(url, context, next) { process.stderr.write("load " + url + "\\n"); return next(url, context); } });\n`,
    );
    const { stderr } = spawnSync(process.execPath, ["--import", hooks, LAUNCHER, "check", HELLO], {
      encoding: "utf8",
      env: environment(),
    });
    const loaded = stderr
      .split("\n")
      .filter((line) => line.includes("/bundle/"))
      .map((line) => line.slice(line.lastIndexOf("/") + 1));
    expect(loaded.length).toBeGreaterThan(2);
    for (const name of loaded) {
      const text = readFileSync(join(ROOT, "packages/cli/dist/bundle", name), "utf8");
      for (const part of [
        "createBotWith",
        "createEmulator",
        "sqliteStore",
        "parseDocument(",
        "flowchart TD",
        "createHash",
        "compgen",
        "watchFolders",
        "planFixes",
      ])
        expect({ name, part, found: text.includes(part) }).toEqual({ name, part, found: false });
    }
    expect(stderr).not.toContain("node:sqlite");
    expect(stderr).not.toContain("node:http");
  });
});
