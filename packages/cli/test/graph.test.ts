import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley, ROOT } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();
const CLINIC = join(ROOT, "examples/03-clinic");

interface Drawing {
  readonly bot: string;
  readonly flows: readonly {
    readonly name: string;
    readonly boxes: readonly {
      readonly id: string;
      readonly kind: string;
      readonly first: boolean;
      readonly lines: readonly string[];
      readonly exits: readonly { readonly how: string; readonly labels: readonly { readonly text: string }[] }[];
      readonly place: { readonly file: string; readonly line: number };
    }[];
  }[];
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly labels: readonly { readonly kind: string; readonly text: string }[];
  }[];
}

function drawing(...args: readonly string[]): Drawing {
  return JSON.parse(parley(["graph", ...args, "--format", "json"]).stdout) as Drawing;
}

const labels = (d: Drawing, from: string, to: string): readonly string[] =>
  d.links.filter((l) => l.from === from && l.to === to).flatMap((l) => l.labels.map((label) => label.text));

describe("graph", () => {
  test("a state is a box with its asks, and its links say why they are taken", () => {
    const d = drawing(CLINIC);
    expect(d.flows.map((f) => f.name)).toEqual(["booking", "help"]);
    const boxes = d.flows.flatMap((f) => f.boxes);
    expect(boxes.find((b) => b.id === "booking.confirm")?.lines).toEqual([
      'ask "{slot.day} at {slot.hour} for {name}. Shall…"',
    ]);
    expect(boxes.find((b) => b.id === "booking.urgent")?.lines).toEqual(['handoff "nurse"']);
    expect(labels(d, "booking", "booking.welcome")).toEqual(["message"]);
    expect(labels(d, "booking.confirm", "booking.choose")).toEqual(["no"]);
    expect(labels(d, "booking.choose", "booking.no_slots")).toEqual(["free_slots fails", "empty"]);
    expect(labels(d, "booking.urgent", "booking.nurse_gone")).toEqual(["back after 2h"]);
    // The flow's own `else` and `after` hold for each of its asks.
    expect(labels(d, "booking.confirm", "booking.reception")).toEqual(["else"]);
    expect(boxes.find((b) => b.id === "booking.confirm")?.exits).toMatchObject([
      { how: "end", labels: [{ text: "after 20 h" }] },
    ]);
    expect(boxes.find((b) => b.id === "help.menu")?.exits.map((e) => e.how)).toEqual(["resume", "end"]);
    expect(boxes.find((b) => b.id === "booking.welcome")).toMatchObject({
      first: true,
      place: { file: "clinic.flow" },
    });
  });

  test("calls, schedules and events are links of their own kinds", () => {
    const dir = files({
      "a.flow": `flow a {
  on message -> start
  on scheduled later() -> reminded
  on event paid(sum: number) -> reminded
  state start {
    schedule later() in 2h
    call b()
    -> end
  }
  state reminded { -> c() }
}
flow b { state one { return } }
flow c { state one { -> end } }
`,
    });
    const d = drawing(join(dir, "a.flow"));
    expect(d.links.map(({ from, to, kind, labels: l }) => [from, to, kind, l.map((x) => x.text).join()])).toEqual([
      ["a", "a.start", "go", "message"],
      ["a", "a.reminded", "go", "event paid"],
      ["a.start", "a.reminded", "scheduled", "scheduled later"],
      ["a.start", "b.one", "call", "call"],
      ["a.reminded", "c.one", "leave", ""],
    ]);
    expect(d.flows.flatMap((f) => f.boxes).find((b) => b.id === "b.one")?.exits).toEqual([
      { how: "return", labels: [] },
    ]);
  });

  test("--flow draws one; an unknown one is wrong use", () => {
    const d = drawing(CLINIC, "--flow", "help");
    expect(d.flows.map((f) => f.name)).toEqual(["help"]);
    expect(d.links.every((l) => l.from.startsWith("help") && l.to.startsWith("help"))).toBe(true);
    expect(parley(["graph", CLINIC, "--flow", "halp"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: there is no flow halp; there are booking, help\n",
    });
  });

  test("mermaid declares each box once, in its flow, and links only those", () => {
    const { stdout, status } = parley(["graph", CLINIC]);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("flowchart TD");
    const declared = lines.flatMap((l) => /^ {4}(n\d+)(?:\["[^"\]]*"\]|\(\["[^"\]]*"\]\))$/.exec(l)?.[1] ?? []);
    expect(new Set(declared).size).toBe(declared.length);
    const links = lines.flatMap((l) => {
      const found = /^ {2}(n\d+) (?:-->|-\.->|==>)(?:\|"[^"|]*"\|)? (n\d+)$/.exec(l);
      return found ? [[found[1], found[2]]] : [];
    });
    for (const id of links.flat()) expect(declared).toContain(id);
    const d = drawing(CLINIC);
    expect(declared).toHaveLength(d.flows.flatMap((f) => f.boxes).length);
    expect(links).toHaveLength(d.links.length);
    const subgraphs = lines.filter((l) => /^ {2}subgraph f\d+\["[^"]*"\]$/.test(l));
    expect(subgraphs).toHaveLength(2);
    // Nothing else is in it.
    expect(lines).toHaveLength(1 + subgraphs.length * 2 + declared.length + links.length);
  });

  test("dot has a cluster a flow, and quotes everything", () => {
    const { stdout } = parley(["graph", CLINIC, "--format", "dot"]);
    const d = drawing(CLINIC);
    expect(stdout.split("subgraph cluster_").length - 1).toBe(2);
    expect(stdout.split(" -> n").length - 1).toBe(d.links.length);
    // Out of the quoted strings braces and brackets are balanced, and no string is left open.
    const bare = stdout.replace(/"(?:[^"\\]|\\.)*"/g, "");
    expect(bare).not.toContain('"');
    for (const [open, close] of ["{}", "[]"] as const) {
      expect(bare.split(open ?? "").length).toBe(bare.split(close ?? "").length);
    }
  });

  test("names and texts that mean something in Mermaid or Graphviz do not there", () => {
    const dir = files({
      "a.flow": `flow subgraph {
  on text "\\"]|" -> graph
  state graph { ask "<b> #1 & \`x\` \\\\ \\"q\\"" { option end "End" -> style } }
  state style { say "x" -> end }
}
`,
    });
    const mermaid = parley(["graph", "a.flow"], { cwd: dir }).stdout;
    expect(mermaid).toContain('n1["graph<br/>ask #34;#60;b#62; #35;1 #38; #96;x#96; #92; #34;q#34;#34;"]');
    const dot = parley(["graph", "a.flow", "--format", "dot"], { cwd: dir }).stdout;
    expect(dot).toContain('n1 [label="graph\\lask \\"<b> #1 & `x` \\\\ \\"q\\"\\"\\l"];');
  });

  test("sixty states stay sixty boxes with short labels, in order", () => {
    const states = Array.from(
      { length: 60 },
      (_, i) => `  state s${i} {
    ask "Question ${i}, which is asked with a good many words so that its box would be wide?" {
${Array.from({ length: 8 }, (_, o) => `      option o${o} "Option ${o}" -> s${(i + 1 + (o % 3)) % 60}`).join("\n")}
      after 20h -> end
    }
  }`,
    );
    const dir = files({ "a.flow": `flow a {\n  on message -> s0\n${states.join("\n")}\n}\n` });
    const { stdout, status } = parley(["graph", "a.flow"], { cwd: dir });
    expect(status).toBe(0);
    expect(stdout.match(/^ {4}n\d+\["s\d+<br\/>/gm)).toHaveLength(60);
    // Eight options to three states are three links, and the way to the end is in the box.
    expect(stdout.match(/^ {2}n\d+ -->/gm)).toHaveLength(1 + 60 * 3);
    const longest = Math.max(...stdout.split("\n").map((l) => l.length));
    expect(longest).toBeLessThan(140);
  });

  test("several formats at once, and errors of the bot to standard error", () => {
    const dir = files({ "a.flow": 'flow a {\n  on message -> s\n  state s { say "x" -> end }\n}\n' });
    const ended = parley(["graph", "--format", "dot", "--format", "mermaid=a.mmd"], { cwd: dir });
    expect(ended.stdout).toMatch(/^digraph "a" \{/);
    expect(readFileSync(join(dir, "a.mmd"), "utf8")).toMatch(/^flowchart TD\n/);
    const bad = files({ "a.flow": "flow a {\n  on message -> s\n  state s { -> t }\n}\n" });
    expect(parley(["graph"], { cwd: bad })).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("error[P2001]"),
    });
    expect(parley(["graph", "--format", "pdf"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: "error: there is no format pdf; there are mermaid, dot, svg, json\n",
    });
    expect(parley(["graph"], { cwd: files({ "a.flow": "" }) })).toMatchObject({ status: 2, stdout: "" });
  });
});
