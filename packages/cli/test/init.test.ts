import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { TEMPLATES } from "../src/init/templates.ts";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, environment, LAUNCHER, parley, ROOT } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

/** util-linux's `script` gives a command a terminal. */
const HAS_TERMINAL = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");
if (!HAS_TERMINAL) console.log("skipped: what needs a terminal, since `script` of util-linux is not installed");

/** Types each of `keys` when the question stands there (once more). */
function inTerminal(
  args: string,
  cwd: string,
  keys: readonly string[],
): Promise<{ readonly status: number | null; readonly shown: string }> {
  const command = `"${process.execPath}" "${LAUNCHER}" ${args}`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd, env: environment({ TERM: "xterm" }) });
  const left = [...keys];
  let shown = "";
  let asked = 0;
  child.stdout.on("data", (data: Buffer) => {
    shown += data.toString("utf8");
    const times = shown.split(QUESTION).length - 1;
    for (; asked < times; asked++) child.stdin.write(left.shift() ?? "");
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, shown })));
}

const QUESTION = "Number or name [1]:";

function filesOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

describe("each template", () => {
  test("is a folder, and each folder is one", () => {
    const folders = readdirSync(join(ROOT, "packages/cli/templates")).filter((name) => name !== "common");
    expect(TEMPLATES.map((t) => t.name).sort()).toEqual(folders.sort());
  });

  test.each(TEMPLATES.map((t) => t.name))("%s compiles without a finding and passes its tests", (template) => {
    const dir = files({});
    const ended = parley(["init", "My Bot", "--template", template, "--yes"], { cwd: dir });
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const bot = join(dir, "My Bot");
    expect(filesOf(bot)).toEqual(
      expect.arrayContaining([
        ".github/workflows/parley.yml",
        ".gitignore",
        "parley.yaml",
        `${template}.flow`,
        `${template}.test.flow`,
      ]),
    );
    const report = JSON.parse(parley(["check", "--format", "json"], { cwd: bot }).stdout) as { diagnostics: object[] };
    expect(report.diagnostics).toEqual([]);
    const tested = parley(["test"], { cwd: bot });
    expect(tested.stdout).toMatch(/\n\d+ tests passed\n$/);
    expect(tested.status).toBe(0);
    // What the bot needs besides its flows is there, too.
    expect(parley(["chat"], { cwd: bot, input: "hi\n" })).toMatchObject({ status: 0, stderr: "" });
    expect(parse(readFileSync(join(bot, "parley.yaml"), "utf8"))).toMatchObject({ name: "my-bot" });
    const workflow = readFileSync(join(bot, ".github/workflows/parley.yml"), "utf8");
    expect(workflow).toContain("@parley/cli@0.1.0 check --format github");
    expect(parse(workflow)).toMatchObject({ jobs: { check: { steps: expect.any(Array) as unknown } } });
    for (const file of filesOf(bot))
      expect(readFileSync(join(bot, file), "utf8")).not.toMatch(/BOT_NAME|PARLEY_VERSION/);
  });
});

describe("init", () => {
  test("says what it wrote and what comes next", () => {
    const { stdout } = parley(["init", "bot"], { cwd: files({}) });
    expect(stdout).toContain("wrote bot/parley.yaml\n");
    expect(stdout).toMatch(/\nNext:\n {2}cd bot\n {2}parley chat /);
    expect(parley(["init"], { cwd: files({}) }).stdout).not.toContain("  cd ");
  });

  test("asks nothing where nobody can answer, and takes hello", () => {
    const dir = files({});
    expect(parley(["init"], { cwd: dir })).toMatchObject({ status: 0, stderr: "" });
    expect(filesOf(dir)).toContain("hello.flow");
  });

  test.skipIf(!HAS_TERMINAL)("in a terminal asks for the template until it has one", async () => {
    const dir = files({});
    const { status, shown } = await inTerminal("init bot", dir, ["7\r", "support\r"]);
    expect(status).toBe(0);
    expect(shown.split(QUESTION)).toHaveLength(3);
    expect(filesOf(join(dir, "bot"))).toContain("support.flow");
    expect((await inTerminal("init other --yes", dir, [])).shown).not.toContain(QUESTION);
  });

  test.skipIf(!HAS_TERMINAL).each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("a question that is broken off with %s writes nothing and ends with 130", async (_name, key) => {
    const dir = files({});
    expect((await inTerminal("init bot", dir, [key])).status).toBe(130);
    expect(filesOf(dir)).toEqual([]);
  });

  test("keeps what is there: a workflow and .gitignore as they are, anything of a bot stops it", () => {
    const dir = files({ ".gitignore": "mine\n", "README.md": "mine\n" });
    const ended = parley(["init", "--yes"], { cwd: dir });
    expect(ended).toMatchObject({ status: 0, stderr: "note: .gitignore is there already and stays as it is\n" });
    expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("mine\n");
    expect(ended.stdout).not.toContain(".gitignore");

    const before = filesOf(dir);
    expect(parley(["init", "--template", "order", "--yes"], { cwd: dir })).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: there is a bot already in .: nothing was written\n",
    });
    expect(filesOf(dir)).toEqual(before);

    const flow = files({ "hello.flow": "// mine\n" });
    expect(parley(["init"], { cwd: flow })).toMatchObject({ status: 2, stdout: "" });
    expect(filesOf(flow)).toEqual(["hello.flow"]);
    expect(readFileSync(join(flow, "hello.flow"), "utf8")).toBe("// mine\n");
  });

  test("refuses a template that is not there, a file in place of the folder, a folder in place of a file", () => {
    const dir = files({ taken: "" });
    expect(parley(["init", "--template", "shop"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: "error: there is no template shop; there are hello, order, support\n",
    });
    expect(parley(["init", "taken"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: "error: taken is not a folder\n",
    });
    mkdirSync(join(dir, "bot/hello.flow"), { recursive: true });
    expect(parley(["init", "bot"], { cwd: dir }).status).toBe(2);
    expect(filesOf(dir)).toEqual(["taken"]);
  });
});
