/** What CI servers and forges read. The bot has findings with fixes, with related places, of two severities. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOG } from "@parley/compiler";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { FORMATS } from "../src/formats/index.ts";
import { VERSION } from "../src/version.ts";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley, ROOT } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

const GOOD = 'flow a {\n  on message -> start\n  state start {\n    say "Hi"\n    -> end\n  }\n}\n';
const BAD = `flow shop {
  on message -> start
  state start {
    say "🍕 <100%, \\"hot\\" & cheap>" -> endd
  }
  state twice { say "x" }
  state twice { -> end }
}
`;

function project(flow = BAD): string {
  return files({ "bots/shop/parley.yaml": "name: shop\nlint: { P9001: off }\n", "bots/shop/flows/my shop.flow": flow });
}

function check(dir: string, format: string, env: Readonly<Record<string, string>> = {}): string {
  return parley(["check", "bots/shop", "--format", format], { cwd: dir, env }).stdout;
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Located {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
  readonly region: Region;
}
interface Sarif {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly {
    readonly columnKind: string;
    readonly originalUriBaseIds: Readonly<Record<string, object>>;
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly fullDescription: { readonly text: string };
          readonly help: { readonly text: string; readonly markdown: string };
          readonly defaultConfiguration: { readonly level: string };
        }[];
      };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly { readonly physicalLocation: Located }[];
      readonly relatedLocations: readonly {
        readonly message: { readonly text: string };
        readonly physicalLocation: Located;
      }[];
      readonly fixes: readonly {
        readonly description: { readonly text: string };
        readonly artifactChanges: readonly {
          readonly artifactLocation: { readonly uri: string };
          readonly replacements: readonly {
            readonly deletedRegion: Region;
            readonly insertedContent?: { readonly text: string };
          }[];
        }[];
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

describe("sarif", () => {
  const read = (dir: string): Sarif["runs"][number] & { readonly log: Sarif } => {
    const log = JSON.parse(check(dir, "sarif")) as Sarif;
    const [run] = log.runs;
    if (!run) throw new Error("no run");
    return { ...run, log };
  };

  test("has what SARIF 2.1.0 requires of a log, a run, a tool, rules and results", () => {
    const { log, tool, results, columnKind, originalUriBaseIds } = read(project());
    expect(log.version).toBe("2.1.0");
    expect(log.$schema).toMatch(/sarif-schema-2\.1\.0\.json$/);
    expect(log.runs).toHaveLength(1);
    expect(tool.driver.name).toBe("parley");
    expect(columnKind).toBe("utf16CodeUnits");
    expect(results.length).toBeGreaterThan(2);
    const ids = tool.driver.rules.map((r) => r.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const result of results) {
      expect(ids[result.ruleIndex]).toBe(result.ruleId);
      expect(["none", "note", "warning", "error"]).toContain(result.level);
      expect(result.message.text).not.toBe("");
      expect(Object.keys(result.partialFingerprints)).toHaveLength(1);
      const places = [...result.locations, ...result.relatedLocations].map((l) => l.physicalLocation);
      expect(result.locations).toHaveLength(1);
      for (const { artifactLocation, region } of places) {
        expect(Object.keys(originalUriBaseIds)).toContain(artifactLocation.uriBaseId);
        for (const n of Object.values(region)) expect(n).toBeGreaterThanOrEqual(1);
        const ends = region.endLine > region.startLine || region.endColumn >= region.startColumn;
        expect(ends).toBe(true);
      }
    }
  });

  test("the rules are those that occur, with the catalogue's reason and the page as help", () => {
    const { tool, results } = read(project());
    expect(tool.driver.rules.map((r) => r.id)).toEqual([...new Set(results.map((r) => r.ruleId))].sort());
    for (const rule of tool.driver.rules) {
      expect(rule.fullDescription.text).toBe(CATALOG[rule.id as keyof typeof CATALOG].why);
      expect(rule.help.text).toContain(rule.fullDescription.text);
      expect(rule.help.markdown).toMatch(new RegExp(`^# ${rule.id}: `));
    }
  });

  test("places are relative to the root with `/`, escaped as URIs, columns in UTF-16 units", () => {
    const { results } = read(project());
    const arrow = results.find((r) => r.ruleId === "P2001")?.locations[0]?.physicalLocation;
    expect(arrow?.artifactLocation.uri).toBe("bots/shop/flows/my%20shop.flow");
    const column = (BAD.split("\n")[3] ?? "").indexOf("endd") + 1;
    expect(arrow?.region).toEqual({ startLine: 4, startColumn: column, endLine: 4, endColumn: column + 4 });
  });

  test("says related places and fixes that, applied, are those of `json`", () => {
    const dir = project();
    const { results } = read(dir);
    const related = results.flatMap((r) => r.relatedLocations);
    expect(related.map((r) => r.physicalLocation.region.startLine)).toContain(6);
    const json = JSON.parse(check(dir, "json")) as {
      diagnostics: {
        fixes: { title: string; edits: { text: string; range: { start: { line: number; column: number } } }[] }[];
      }[];
    };
    const told = results.flatMap((r) => r.fixes);
    expect(told.map((f) => f.description.text)).toEqual(json.diagnostics.flatMap((d) => d.fixes.map((f) => f.title)));
    const places = told.flatMap((f) =>
      f.artifactChanges.flatMap((c) =>
        c.replacements.map((r) => [
          r.deletedRegion.startLine,
          r.deletedRegion.startColumn,
          r.insertedContent?.text ?? "",
        ]),
      ),
    );
    expect(places.length).toBeGreaterThan(0);
    expect(places).toEqual(
      json.diagnostics.flatMap((d) =>
        d.fixes.flatMap((f) => f.edits.map((e) => [e.range.start.line, e.range.start.column, e.text])),
      ),
    );
  });

  test("of a clean bot has no results and no rules", () => {
    const { tool, results } = read(project(GOOD));
    expect({ rules: tool.driver.rules, results }).toEqual({ rules: [], results: [] });
  });
});

describe("github", () => {
  test("escapes what the runner would read as its own", () => {
    const dir = files({ "a,b:c.flow": BAD });
    const { stdout } = parley(["check", "a,b:c.flow", "--format", "github"], { cwd: dir });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      const [, properties = "", message = ""] = /^::(?:error|warning|notice) (.*?)::(.*)$/.exec(line) ?? [];
      const named = Object.fromEntries(properties.split(",").map((p) => p.split("=", 2) as [string, string]));
      expect(named).toMatchObject({ file: "a%2Cb%3Ac.flow" });
      expect(message).toContain("%0A");
      expect(message).not.toBe("");
    }
    expect(stdout).toMatch(/^::error file=a%2Cb%3Ac\.flow,line=4,endLine=4,col=\d+,endColumn=\d+,title=P2001 error::/m);
  });

  test("names files from the root of the checkout, where it knows one", () => {
    const dir = project();
    const run = (env: Readonly<Record<string, string>>): string =>
      parley(["check", "--format", "github"], { cwd: join(dir, "bots/shop"), env }).stdout;
    expect(run({ GITHUB_WORKSPACE: dir })).toContain("file=bots/shop/flows/my shop.flow,");
    expect(run({ GITHUB_WORKSPACE: "/somewhere/else" })).toContain("file=flows/my shop.flow,");
    expect(run({})).toContain("file=flows/my shop.flow,");
  });

  test("beyond ten of a kind a notice says how many are left, and they stand below it", () => {
    const many = GOOD.replace('say "Hi"', Array.from({ length: 25 }, (_, i) => `say "{x${i}}"`).join("\n"));
    const { stdout, status } = parley(["check", "-", "--format", "github"], { input: many, cwd: files({}) });
    const lines = stdout.trimEnd().split("\n");
    expect(status).toBe(1);
    expect(lines.filter((l) => l.startsWith("::error "))).toHaveLength(10);
    expect(lines[10]).toBe(
      "::notice title=parley::25 errors; GitHub shows 10 of them, the other 15 are in the log of this step",
    );
    expect(lines.slice(11).filter((l) => /^stdin\.flow:\d+:\d+: error\[P2001\] /.test(l))).toHaveLength(15);
    expect(lines).toHaveLength(26);
  });

  test("says nothing of a clean bot", () => {
    expect(check(project(GOOD), "github")).toBe("");
  });
});

describe("gitlab", () => {
  interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const issues = (flow: string): readonly Issue[] => JSON.parse(check(project(flow), "gitlab")) as Issue[];

  test("has what Code Quality requires of an issue", () => {
    const found = issues(BAD);
    expect(found.length).toBeGreaterThan(2);
    for (const issue of found) {
      expect(issue.description.startsWith(issue.check_name)).toBe(true);
      expect(["info", "minor", "major", "critical", "blocker"]).toContain(issue.severity);
      expect(issue.location.path).toBe("bots/shop/flows/my shop.flow");
      expect(issue.location.lines.begin).toBeGreaterThan(0);
    }
  });

  test("fingerprints are unique, and stay when lines are put in above", () => {
    const prints = (flow: string): readonly string[] => issues(flow).map((i) => i.fingerprint);
    const before = prints(BAD);
    expect(new Set(before).size).toBe(before.length);
    expect(prints(`// A comment.\n\n${BAD}`)).toEqual(before);
    const doubled = prints(BAD.replace('say "x"', 'say "{y}"\n    say "{y}"\n    say "{y}"'));
    expect(new Set(doubled).size).toBe(doubled.length);
  });

  test("is an empty list of a clean bot", () => {
    expect(check(project(GOOD), "gitlab")).toBe("[]\n");
  });
});

test("the commands in docs/ci.md run, and its table has every format", () => {
  const page = readFileSync(join(ROOT, "docs/ci.md"), "utf8");
  const commands = [...page.matchAll(/npx --yes @parley\/cli@(\S+) (.*)/g)];
  expect(commands).toHaveLength(3);
  const dir = files({ "a.flow": `${GOOD}test "t" in a { user says "x" expect text containing "Hi" expect end }\n` });
  for (const [, version, args = ""] of commands) {
    expect(version).toBe(VERSION);
    expect({ args, status: parley(args.split(" "), { cwd: dir }).status }).toEqual({ args, status: 0 });
  }
  const rows = [...page.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name);
  expect(new Set(rows)).toEqual(new Set(Object.keys(FORMATS)));
});

/** Reads just enough XML to hold ours against: elements, attributes, text. */
function elements(xml: string, name: string): readonly Readonly<Record<string, string>>[] {
  const decode = (text: string): string =>
    text.replace(/&(amp|lt|gt|quot);/g, (_, e: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[e] ?? "");
  return [...xml.matchAll(new RegExp(`<${name}((?: [a-z]+="[^"<]*")*)/?>`, "g"))].map(([, attributes = ""]) =>
    Object.fromEntries([...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, k = "", v = ""]) => [k, decode(v)])),
  );
}

describe("junit", () => {
  test("of check: a case for each finding, errors failed, the sums agree", () => {
    const xml = check(project(BAD.replace("-> endd", "-> end")), "junit");
    const cases = elements(xml, "testcase");
    const [suites] = elements(xml, "testsuites");
    expect(cases.length).toBeGreaterThan(1);
    expect(suites).toMatchObject({ tests: String(cases.length) });
    expect(suites?.["failures"]).toBe(String(elements(xml, "failure").length));
    expect(cases.every((c) => c["file"] === "bots/shop/flows/my shop.flow")).toBe(true);
    expect(xml.split("\n")[0]).toBe('<?xml version="1.0" encoding="UTF-8"?>');
  });

  test("of a clean bot: one case that passed", () => {
    const xml = check(project(GOOD), "junit");
    expect(elements(xml, "testcase")).toHaveLength(1);
    expect(elements(xml, "failure")).toHaveLength(0);
  });

  const TESTED = `${GOOD}
test "greets <you> & \\"me\\"" in a { user says "x" expect text containing "Hi" expect end }
test "fails" in a { user says "x" expect text containing "Bye" expect end }
`;

  test("of test: a case a test, with its place and what was expected", () => {
    const dir = files({ "a.flow": TESTED });
    const ended = parley(["test", "--format", "junit"], { cwd: dir });
    expect(ended).toMatchObject({ status: 1, stderr: "" });
    const cases = elements(ended.stdout, "testcase");
    expect(cases).toMatchObject([
      { name: 'greets <you> & "me"', classname: "a.a", file: "a.flow", line: "9" },
      { name: "fails", classname: "a.a", file: "a.flow", line: "10" },
    ]);
    expect(elements(ended.stdout, "failure")).toHaveLength(1);
    expect(ended.stdout).toContain("expect text containing");
    expect(elements(ended.stdout, "testsuite")).toMatchObject([{ name: "a", tests: "2", failures: "1" }]);
  });

  test("and json and human of test in one run, each to its place", () => {
    const dir = files({ "a.flow": TESTED });
    const ended = parley(["test", "--format", "human", "--format", "junit=t.xml", "--format", "json=t.json"], {
      cwd: dir,
    });
    expect(ended.stdout).toMatch(/\n1 failed, 1 passed\n$/);
    expect(elements(readFileSync(join(dir, "t.xml"), "utf8"), "testcase")).toHaveLength(2);
    const json = JSON.parse(readFileSync(join(dir, "t.json"), "utf8")) as { tests: object[]; summary: object };
    expect(json.summary).toEqual({ passed: 1, failed: 1, errors: 0, warnings: 0 });
    expect(json.tests).toMatchObject([
      { bot: "a", title: 'greets <you> & "me"', flow: "a", file: "a.flow", line: 9, passed: true },
      { title: "fails", passed: false, failure: { file: "a.flow", line: 10 } },
    ]);
    const human = parley(["test", "--format", "human=t.txt"], { cwd: dir });
    expect(human.stdout).toBe("");
    expect(readFileSync(join(dir, "t.txt"), "utf8")).toBe(ended.stdout);
  });

  test("of a bot with errors: they are the cases, people read them beside it", () => {
    const dir = files({ "a.flow": TESTED.replace("-> end", "-> endd") });
    const ended = parley(["test", "--format", "junit"], { cwd: dir });
    expect(ended.status).toBe(1);
    expect(elements(ended.stdout, "failure")).toMatchObject([{ type: "P2001" }]);
    expect(ended.stderr).toContain("error[P2001]");
  });
});
