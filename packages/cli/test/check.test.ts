import { chmodSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt, folder, parley, ROOT } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);

const GOOD = 'flow a {\n  on message -> start\n  state start {\n    say "Hi"\n    -> end\n  }\n}\n';
const BAD = GOOD.replace("-> end", "-> endd");
const cleaning: (() => void)[] = [];
afterAll(() => {
  for (const clean of cleaning) clean();
});

function files(content: Readonly<Record<string, string | Uint8Array>>): string {
  const { dir, clean } = folder(content);
  cleaning.push(clean);
  return dir;
}

describe("check ends with the status that tells what to do", () => {
  test("0 for a bot without errors; the sum goes to standard output", () => {
    const ended = parley(["check", "good.flow"], { cwd: files({ "good.flow": GOOD }) });
    expect(ended).toEqual({ status: 0, stdout: "no errors in 1 file\n", stderr: "" });
  });

  test("1 for findings, which go to standard output", () => {
    const ended = parley(["check", "bad.flow"], { cwd: files({ "bad.flow": BAD }) });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain("error[P2001]: ");
    expect(ended.stdout).toContain("--> bad.flow:5:8\n");
    expect(ended.stdout).toMatch(/\n1 error in 1 file\n$/);
    expect(ended.stderr).toBe("");
  });

  test("2 for a command, an option or a format that does not exist", () => {
    for (const args of [
      ["chekc"],
      ["check", "--colour"],
      ["check", "--format", "xml"],
      ["check", "--max-warnings", "x"],
      [],
    ]) {
      const ended = parley(args);
      expect({ args, ...ended }).toMatchObject({ args, status: 2, stdout: "" });
      expect(ended.stderr).not.toBe("");
    }
    expect(parley(["chekc"]).stderr).toContain("Did you mean check?");
  });

  test("0 for help and version", () => {
    expect(parley(["--version"])).toMatchObject({ status: 0, stdout: "0.1.0\n" });
    for (const args of [["--help"], ["help", "check"], ["check", "--help"], ["serve", "-h"]]) {
      const ended = parley(args);
      expect({ args, status: ended.status }).toEqual({ args, status: 0 });
      expect(ended.stdout).toContain("Examples:");
    }
  });

  test("1 where there are more warnings than --max-warnings", () => {
    const dir = files({ "a.flow": GOOD.replace("}\n}", "}\n  state left {\n    -> end\n  }\n}") });
    expect(parley(["check"], { cwd: dir }).status).toBe(0);
    expect(parley(["check", "--max-warnings", "1"], { cwd: dir }).status).toBe(0);
    expect(parley(["check", "--max-warnings", "0"], { cwd: dir }).status).toBe(1);
  });
});

describe("check finds the bot that is meant", () => {
  const project = {
    "parley.yaml": 'name: shop\nflows: ["flows/**/*.flow"]\nlint: { P5006: off, P9001: off }\n',
    "flows/a.flow": GOOD,
    "flows/deep/b.flow": "type Size = small | large\n",
    "other.flow": BAD,
    "node_modules/x/c.flow": BAD,
    "inner/parley.yaml": "name: inner\nlint: { P9001: off }\n",
    "inner/d.flow": BAD,
  };

  test("from the folder, from below it, and by a file of it", () => {
    const dir = files(project);
    for (const [cwd, args, count] of [
      [".", [], 2],
      ["flows/deep", [], 1],
      [".", ["flows/a.flow"], 1],
      [".", ["parley.yaml"], 2],
      ["..", [dir], 2],
    ] as const) {
      const ended = parley(["check", ...args], { cwd: join(dir, cwd) });
      expect({ cwd, args, said: ended.stdout.slice(0, 19) }).toEqual({ cwd, args, said: `no errors in ${count} file` });
      expect(ended.status).toBe(0);
    }
  });

  test("a file that `flows` leaves out is not checked in silence", () => {
    const ended = parley(["check", "other.flow"], { cwd: files(project) });
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(ended.stderr).toBe("error: other.flow is not among the `flows` of parley.yaml\n");
  });

  test("a project below another one is one by itself", () => {
    expect(parley(["check", "inner"], { cwd: files(project) }).stdout).toContain("1 error in 1 file");
  });

  test("files without a project are each a bot of their own", () => {
    const dir = files({ "a.flow": GOOD, "sub/b.flow": GOOD });
    expect(parley(["check"], { cwd: dir }).stdout).toBe("no errors in 2 files\n");
  });

  test("what is wrong in parley.yaml is reported with its place", () => {
    const dir = files({ "parley.yaml": "name: shop\ntimezon: UTC\nlint: { P9001: off }\n", "a.flow": GOOD });
    const ended = parley(["check", "--format", "concise"], { cwd: dir });
    expect(ended).toEqual({
      status: 1,
      stdout: "parley.yaml:2:1: error[P8001] there is no key `timezon` in parley.yaml, a similar name is `timezone`\n",
      stderr: "",
    });
  });
});

describe("formats", () => {
  const validate = new Ajv2020().compile(
    JSON.parse(readFileSync(join(ROOT, "packages/cli/schemas/report.schema.json"), "utf8")) as object,
  );

  test("json is one object of the published form", () => {
    const dir = files({ "bad.flow": BAD.replace("say", "sya") });
    const ended = parley(["check", "--format", "json"], { cwd: dir });
    const report = JSON.parse(ended.stdout) as {
      diagnostics: { code: string; file: string; range: object }[];
      summary: object;
    };
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.diagnostics.length).toBeGreaterThan(0);
    expect(report.summary).toMatchObject({ files: 1 });
    const empty = JSON.parse(
      parley(["check", "--format", "json"], { cwd: files({ "a.flow": GOOD }) }).stdout,
    ) as object;
    expect(validate(empty)).toBe(true);
    expect(empty).toEqual({ diagnostics: [], summary: { errors: 0, warnings: 0, files: 1 } });
  });

  test("json counts lines and columns from 1, in UTF-16 units", () => {
    const dir = files({ "bad.flow": BAD.replace('say "Hi"', 'say "🍕" -> endd') });
    const { diagnostics } = JSON.parse(parley(["check", "--format", "json"], { cwd: dir }).stdout) as {
      diagnostics: { code: string; range: { start: object } }[];
    };
    expect(diagnostics.find((d) => d.code === "P2001")?.range.start).toEqual({ line: 4, column: 17, offset: 63 });
  });

  test("one goes to standard output, others to files, in one run", () => {
    const dir = files({ "bad.flow": BAD });
    const ended = parley(["check", "--format", "json=out.json", "--format", "human", "--format", "concise=out.txt"], {
      cwd: dir,
    });
    expect(ended.stdout).toContain("error[P2001]");
    expect(validate(JSON.parse(readFileSync(join(dir, "out.json"), "utf8")))).toBe(true);
    expect(readFileSync(join(dir, "out.txt"), "utf8")).toMatch(/^bad\.flow:5:8: error\[P2001\] .*\n$/);
    expect(parley(["check", "--format", "json", "--format", "human"], { cwd: dir }).status).toBe(2);
    expect(parley(["check", "--format", "json=no/such/folder.json"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: "error: no/such/folder.json cannot be written: there is no such file\n",
    });
  });

  test("people see 20 findings and how many more there are; programs see all", () => {
    const dir = files({
      "bad.flow": GOOD.replace('say "Hi"', Array.from({ length: 25 }, (_, i) => `say "{x${i}}"`).join("\n")),
    });
    const shown = (args: readonly string[]): number =>
      parley(["check", ...args], { cwd: dir }).stdout.split("error[").length - 1;
    expect(shown([])).toBe(20);
    expect(parley(["check"], { cwd: dir }).stdout).toContain("and 5 more (--max-diagnostics none shows all)");
    expect(shown(["--max-diagnostics", "3"])).toBe(3);
    expect(shown(["--max-diagnostics", "none"])).toBe(25);
    expect(shown(["--format", "concise"])).toBe(25);
  });

  test("colour follows NO_COLOR and FORCE_COLOR, and a pipe has none", () => {
    const dir = files({ "bad.flow": BAD });
    const coloured = (env: Readonly<Record<string, string>>): boolean =>
      parley(["check"], { cwd: dir, env }).stdout.includes("\u001b[");
    expect(coloured({})).toBe(false);
    expect(coloured({ FORCE_COLOR: "1" })).toBe(true);
    expect(coloured({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(coloured({ FORCE_COLOR: "0" })).toBe(false);
    expect(parley(["check", "--format", "human=out.txt"], { cwd: dir, env: { FORCE_COLOR: "1" } }).status).toBe(1);
    expect(readFileSync(join(dir, "out.txt"), "utf8")).not.toContain("\u001b[");
  });
});

describe("standard input", () => {
  test("is a bot by itself", () => {
    expect(parley(["check", "-"], { input: GOOD, cwd: files({}) })).toMatchObject({ status: 0 });
    const ended = parley(["check", "-", "--format", "concise"], { input: BAD, cwd: files({}) });
    expect(ended.stdout).toMatch(/^stdin\.flow:5:8: error\[P2001\]/);
  });

  test("stands for a file of the project where it is given that name", () => {
    const dir = files({
      "parley.yaml": "lint: { P9001: off }\n",
      "a.flow": GOOD,
      "b.flow": "type Size = small | large\n",
    });
    const input = GOOD.replace("on message -> start", "on message -> start\n  var size: Size = Size.small").replace(
      "Hi",
      "Hi {size}",
    );
    expect(parley(["check", "-", "--stdin-file-path", "a.flow"], { cwd: dir, input })).toMatchObject({
      status: 0,
      stdout: "no errors in 1 file\n",
    });
    expect(
      parley(["check", "-", "--stdin-file-path", "a.flow", "--format", "concise"], { cwd: dir, input: BAD }).stdout,
    ).toMatch(/^a\.flow:5:8/);
  });
});

describe("bad input is called by its name", () => {
  const utf16 = (text: string, mark: boolean): Uint8Array => Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");

  test.each([
    ["UTF-16 with its mark", utf16(GOOD, true), "a.flow is UTF-16 text, save it as UTF-8"],
    ["UTF-16, the other order", Buffer.from(utf16(GOOD, true)).swap16(), "a.flow is UTF-16 text, save it as UTF-8"],
    ["UTF-16 without a mark", utf16(GOOD, false), "a.flow is UTF-16 text, save it as UTF-8"],
    [
      "bytes that are no UTF-8",
      Buffer.concat([Buffer.from("flow a {\n  // caf"), Buffer.from([0xe9]), Buffer.from("\n}\n")]),
      "a.flow is not UTF-8 text: byte E9 at line 2, column 9; save it as UTF-8",
    ],
    [
      "a character cut off at the end",
      Buffer.concat([Buffer.from("// "), Buffer.from([0xf0, 0x9f, 0x8d])]),
      "a.flow is not UTF-8 text: byte F0 at line 1, column 4; save it as UTF-8",
    ],
  ])("%s", (_name, bytes, message) => {
    const ended = parley(["check", "a.flow"], { cwd: files({ "a.flow": bytes }) });
    expect(ended).toEqual({ status: 2, stdout: "", stderr: `error: ${message}\n` });
  });

  test("an empty file is no error, and is said", () => {
    for (const text of ["", "\n\n", "\ufeff"]) {
      const ended = parley(["check", "a.flow"], { cwd: files({ "a.flow": text }) });
      expect(ended).toEqual({
        status: 0,
        stdout: "no errors in 1 file\n",
        stderr: "note: a.flow is empty: it declares nothing\n",
      });
    }
  });

  test("a byte order mark, CRLF, CR and mixed tabs change nothing", () => {
    for (const text of [
      `\ufeff${GOOD}`,
      GOOD.replaceAll("\n", "\r\n"),
      GOOD.replaceAll("\n", "\r"),
      GOOD.replaceAll("    ", " \t "),
    ]) {
      expect(parley(["check", "a.flow"], { cwd: files({ "a.flow": text }) })).toMatchObject({ status: 0, stderr: "" });
    }
    const crlf = parley(["check", "a.flow"], {
      cwd: files({ "a.flow": `\ufeff${BAD.replaceAll("\n", "\r\n")}` }),
    }).stdout;
    expect(crlf).toBe(parley(["check", "a.flow"], { cwd: files({ "a.flow": BAD }) }).stdout);
    expect(crlf).toContain("\n5 |     -> endd\n  |        ^^^^\n");
  });

  test("a NUL byte is a finding at its place, and shows", () => {
    const ended = parley(["check", "a.flow"], { cwd: files({ "a.flow": GOOD.replace("say", "\u0000 say") }) });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain("a.flow:4:5");
    expect(ended.stdout).toContain("4 |     ␀ say");
    expect(ended.stdout).not.toContain("\u0000");
  });

  test("a line of 5 MB is checked in seconds, and its frame stays small", () => {
    const long = `// ${"x".repeat(5_000_000)}`;
    expect(parley(["check", "a.flow"], { cwd: files({ "a.flow": `${GOOD}${long}` }) })).toMatchObject({ status: 0 });
    for (const text of [
      "x".repeat(5_000_000),
      GOOD.replace("Hi", "x".repeat(5_000_000)),
      BAD.replaceAll("\n", " ") + "y ".repeat(2_500_000),
    ]) {
      const began = performance.now();
      const ended = parley(["check", "a.flow"], { cwd: files({ "a.flow": text }) });
      expect(ended.status).toBe(1);
      expect(ended.stdout.length).toBeLessThan(20_000);
      expect(ended.stderr).toBe("");
      expect(performance.now() - began).toBeLessThan(20_000);
    }
  }, 90_000);

  test.each([
    ["no such file", ["none.flow"], "there is no file or folder none.flow"],
    ["no such folder", ["none/deep"], "there is no file or folder none/deep"],
    ["a folder called like a file", ["x.flow"], "there is no .flow file in x.flow"],
    ["another kind of file", ["notes.txt"], "notes.txt is not a .flow file"],
    ["a device", ["/dev/null"], "/dev/null is neither a file nor a folder"],
  ])("%s", (_name, paths, message) => {
    const dir = files({ "x.flow/readme.md": "", "notes.txt": "" });
    expect(parley(["check", ...paths], { cwd: dir })).toEqual({ status: 2, stdout: "", stderr: `error: ${message}\n` });
  });

  test("a locale or templates file of a project is a part of it, another one is not", () => {
    const dir = files({
      "parley.yaml": "locales: { default: en, others: [es, de] }\n",
      "a.flow": 'flow a { on message -> s state s { say "Hi" let x = 1 -> end } }',
      "locales/es.yaml": "a.s: { nothing: x }\n",
      "locales/de.yaml": "a.s: { texts: { Hi: Hallo }, other: x }\n",
      "notes.yaml": "a: b\n",
    });
    const ended = parley(["check", "locales/es.yaml", "--format", "concise"], { cwd: dir });
    expect(ended.stdout).toMatch(/^locales\/es\.yaml:1/);
    expect(ended.stdout).not.toMatch(/de\.yaml:|a\.flow:/);
    expect(parley(["check", "notes.yaml"], { cwd: dir })).toMatchObject({ status: 2, stdout: "" });
  });

  test("an empty folder", () => {
    expect(parley(["check"], { cwd: files({}) })).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: there is no .flow file in .\n",
    });
  });

  test("a folder called like a file does not disturb its neighbours", () => {
    const dir = files({ "x.flow/inside.flow": GOOD, "a.flow": GOOD });
    expect(parley(["check"], { cwd: dir })).toMatchObject({ status: 0, stdout: "no errors in 2 files\n" });
  });
});

describe("a file that cannot be read", () => {
  test("is named with the reason", () => {
    const dir = files({ "sub/x": "" });
    symlinkSync("loop.flow", join(dir, "loop.flow"));
    // A link that leads nowhere is no file; one found while searching is read, and fails.
    symlinkSync("nowhere", join(dir, "sub/broken.flow"));
    expect(parley(["check", "loop.flow"], { cwd: dir })).toMatchObject({ status: 2, stdout: "" });
    expect(parley(["check", "sub"], { cwd: dir })).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: sub/broken.flow cannot be read: there is no such file\n",
    });
  });

  test.skipIf(process.getuid?.() === 0)("for lack of permission", () => {
    const dir = files({ "a.flow": GOOD });
    chmodSync(join(dir, "a.flow"), 0);
    expect(parley(["check", "a.flow"], { cwd: dir })).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: a.flow cannot be read: permission denied\n",
    });
  });
});
