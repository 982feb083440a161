import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic, Source } from "@parley/compiler";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { loadProjects } from "../src/project/load.ts";
import { applyEdits, planFixes } from "../src/repair/plan.ts";
import { repair } from "../src/repair/repair.ts";
import { replaceText } from "../src/repair/replace.ts";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

/** `‘…’` has a safe fix, a state that runs off one that is not. */
const SAFE = "flow a {\n  on message -> start\n  state start {\n    say ‘Hi’\n    -> end\n  }\n}\n";
const UNSAFE = 'flow b {\n  on message -> start\n  state start {\n    say "Hi"\n  }\n}\n';

describe("check --fix", () => {
  test("writes the safe fixes, says how many, and reports what is left", () => {
    const dir = files({ "a.flow": SAFE, "b.flow": UNSAFE });
    const ended = parley(["check", "--fix"], { cwd: dir });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toBe(
      "repaired 1 finding in 1 file\n--unsafe-fixes repairs 1 more, but may change what the bot does\n",
    );
    expect(ended.stdout).toMatch(/\n1 error in 2 files\n$/);
    expect(readFileSync(join(dir, "a.flow"), "utf8")).toBe(SAFE.replace("‘Hi’", '"Hi"'));
    expect(readFileSync(join(dir, "b.flow"), "utf8")).toBe(UNSAFE);
    expect(readdirSync(dir)).toEqual(["a.flow", "b.flow"]);
  });

  test("with --unsafe-fixes writes all; what is clean then ends with 0", () => {
    const dir = files({ "a.flow": SAFE, "b.flow": UNSAFE });
    const ended = parley(["check", "--fix", "--unsafe-fixes"], { cwd: dir });
    expect(ended).toEqual({
      status: 0,
      stdout: "no errors in 2 files\n",
      stderr: "repaired 2 findings in 2 files\n",
    });
    expect(readFileSync(join(dir, "b.flow"), "utf8")).toContain("-> end");
  });

  test("repeats where one fix makes room for the next", () => {
    const dir = files({ "a.flow": SAFE.replace("    -> end\n", "") });
    const ended = parley(["check", "--fix", "--unsafe-fixes"], { cwd: dir });
    expect(ended).toMatchObject({ status: 0, stderr: "repaired 2 findings in 1 file\n" });
  });

  test("repairs a corpus: safe fixes leave what is not, all of them leave nothing that has one", () => {
    const flow = (name: string, states: string, more = ""): string =>
      `${more}flow ${name} {\n  on text "${name}" -> s\n  state s {\n    ${states}\n    -> end\n  }\n}\n`;
    const dir = files({
      "p1003.flow": flow("a", "wait 10min"),
      "p2001.flow": flow("b", "do sendd() else -> end", "action send()\n"),
      "p2006.flow": flow("c", "do c1(1, 2) else -> end", "action c1(n: number)\n"),
      "p3001.flow": flow("d", `ask buttons "Q" { option a "A" option b "B" option c "C" option d "D" }`),
      "p3025.flow": flow("e", `ask "Q" { option a "*A*" }`),
      "p4003.flow": flow("f", `ask "Q" { option a "A" after 3h { say "3" } after 2h { say "2" } }`),
      "p5006.flow": flow("g", "let x = 1"),
      "p5009.flow": flow("h", "-> end"),
      "p8002.flow": `// parley-ignore P5006: old\n${flow("i", `say "Hi"`)}`,
      "p9005.flow": flow("j", `send image "https://a.example/a"\n    say "Hi"`),
    });
    const safe = parley(["check", "--fix"], { cwd: dir });
    expect(safe.stderr).toBe(
      "repaired 4 findings in 4 files\n--unsafe-fixes repairs 6 more, but may change what the bot does\n",
    );
    expect(parley(["check", "--fix", "--unsafe-fixes"], { cwd: dir })).toEqual({
      status: 0,
      stdout: "no errors in 10 files\n",
      stderr: "repaired 6 findings in 6 files\n",
    });
  });

  test("repairs parley.yaml, and only what was asked for", () => {
    const dir = files({
      "parley.yaml": "name: x\ntimezon: UTC\n",
      "a.flow": SAFE,
      "c.flow": SAFE.replace("flow a", "flow c").replace("on message", 'on text "c"'),
    });
    const ended = parley(["check", "a.flow", "--fix"], { cwd: dir });
    expect(ended).toMatchObject({ status: 0, stderr: "repaired 2 findings in 2 files\n" });
    expect(readFileSync(join(dir, "parley.yaml"), "utf8")).toBe("name: x\ntimezone: UTC\n");
    expect(readFileSync(join(dir, "c.flow"), "utf8")).toContain("‘Hi’");
  });

  test("keeps line ends, the byte order mark, the mode, and a link", () => {
    const text = `\ufeff${SAFE.replaceAll("\n", "\r\n")}`;
    const dir = files({ "real.txt": text });
    chmodSync(join(dir, "real.txt"), 0o640);
    symlinkSync("real.txt", join(dir, "a.flow"));
    expect(parley(["check", "a.flow", "--fix"], { cwd: dir }).status).toBe(0);
    expect(readFileSync(join(dir, "real.txt"), "utf8")).toBe(text.replace("‘Hi’", '"Hi"'));
    expect(statSync(join(dir, "real.txt")).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(dir, "a.flow")).isSymbolicLink()).toBe(true);
  });

  test("stops after ten rounds where something undoes its fixes", async () => {
    const dir = files({ "a.flow": SAFE });
    let rounds = 0;
    const undone = (): ReturnType<typeof loadProjects> => {
      rounds++;
      writeFileSync(join(dir, "a.flow"), SAFE);
      return loadProjects(["a.flow"], dir);
    };
    const { compiled, notes } = await repair(undone, false);
    expect(rounds).toBe(11);
    expect(notes).toContain("stopped after 10 rounds: fixes undo each other, mend the rest by hand");
    expect(compiled[0]?.diagnostics.map((d) => d.code)).toEqual(["P1001"]);
  });

  test("leaves a clean bot alone and says so", () => {
    const dir = files({ "a.flow": SAFE.replace("‘Hi’", '"Hi"') });
    const before = statSync(join(dir, "a.flow")).mtimeMs;
    expect(parley(["check", "--fix"], { cwd: dir })).toEqual({
      status: 0,
      stdout: "no errors in 1 file\n",
      stderr: "nothing was repaired\n",
    });
    expect(statSync(join(dir, "a.flow")).mtimeMs).toBe(before);
  });

  test("the report of a program stays alone on standard output", () => {
    const dir = files({ "a.flow": SAFE });
    const { stdout } = parley(["check", "--fix", "--format", "json"], { cwd: dir });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { errors: 0 } });
  });

  test.each([
    ["--unsafe-fixes alone", ["--unsafe-fixes"], "--unsafe-fixes needs --fix"],
    ["standard input", ["-", "--fix"], "standard input (-) cannot be repaired"],
    ["--watch", ["--fix", "--watch"], "--fix and --watch do not go together"],
  ])("is refused with %s", (_name, args, message) => {
    const ended = parley(["check", ...args], { cwd: files({ "a.flow": SAFE }), input: SAFE });
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(ended.stderr).toContain(message);
  });
});

describe("the plan of a round", () => {
  const source: Source = { path: "a.flow", text: "0123456789" };
  const finding = (fixes: readonly { readonly safe: boolean; readonly edits: readonly [number, number, string][] }[]) =>
    ({
      code: "P2001",
      severity: "error",
      args: {},
      span: { source, start: 0, end: 0 },
      related: [],
      fixes: fixes.map(({ safe, edits }) => ({
        title: "x",
        safe,
        edits: edits.map(([start, end, text]) => ({ span: { source, start, end }, text })),
      })),
    }) satisfies Diagnostic;
  const result = (diagnostics: readonly Diagnostic[], unsafe = false): string =>
    applyEdits(source, planFixes(diagnostics, unsafe).edits.get(source) ?? []);

  test("a fix that touches what an earlier one changes waits, whole", () => {
    const first = finding([{ safe: true, edits: [[2, 5, "A"]] }]);
    const second = finding([
      {
        safe: true,
        edits: [
          [8, 9, "B"],
          [4, 6, "C"],
        ],
      },
    ]);
    expect(planFixes([first, second], false).count).toBe(1);
    expect(result([first, second])).toBe("01A56789");
    expect(result([second, first])).toBe("0123C67B9");
  });

  test("two texts at one place wait for each other; neighbours do not", () => {
    const at = (start: number, end: number, text: string): Diagnostic =>
      finding([{ safe: true, edits: [[start, end, text]] }]);
    expect(result([at(3, 3, "A"), at(3, 3, "B")])).toBe("012A3456789");
    expect(result([at(3, 5, "A"), at(5, 6, "B")])).toBe("012AB6789");
  });

  test("of several fixes a safe one is taken; one that is not only where it may be", () => {
    const both = finding([
      { safe: false, edits: [[0, 1, "A"]] },
      { safe: true, edits: [[0, 1, "B"]] },
    ]);
    const unsafe = finding([{ safe: false, edits: [[0, 1, "C"]] }]);
    expect(result([both], true)).toBe("B123456789");
    expect(result([unsafe])).toBe("0123456789");
    expect(result([unsafe], true)).toBe("C123456789");
    expect(planFixes([finding([{ safe: true, edits: [] }])], true).count).toBe(0);
  });

  test("a file that says something else by now is left alone", () => {
    const dir = files({ "a.flow": "new" });
    expect(() => replaceText(join(dir, "a.flow"), "old", "mended", "a.flow")).toThrow(
      "a.flow has changed in the meantime",
    );
    expect(readFileSync(join(dir, "a.flow"), "utf8")).toBe("new");
    writeFileSync(join(dir, "a.flow"), "old");
    replaceText(join(dir, "a.flow"), "old", "mended", "a.flow");
    expect(readFileSync(join(dir, "a.flow"), "utf8")).toBe("mended");
    expect(readdirSync(dir)).toEqual(["a.flow"]);
  });
});
