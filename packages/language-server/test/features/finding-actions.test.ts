/** What is offered about findings: repairs, all of a kind, to leave one out, to weigh it otherwise. */
import type { Diagnostic } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver";
import { actionsFor } from "../../src/features/problems/actions.ts";
import { applied } from "../support/applied.ts";
import { viewOf } from "../support/projects.ts";

const FLOW = `flow a {
  on message -> b
  var one: text(9)?
  var two: text(9)?

  state b {
    say "Hi"
    -> b2
  }

  state b2 {
    say "{nobody}"
    ask buttons "Which?" { option x "An option with a long title" -> end option y "Y" -> end }
  }
}
`;

function offered(
  wanted: (finding: Diagnostic) => boolean,
  { project = "name: bot\n", only = ["quickfix"] }: { project?: string; only?: readonly string[] } = {},
): { readonly actions: readonly CodeAction[]; readonly after: (title: string) => string } {
  const view = viewOf([
    { path: "parley.yaml", text: project },
    { path: "main.flow", text: FLOW },
  ]);
  const { diagnostics } = view.compilation;
  const found = diagnostics.find(wanted);
  if (!found) throw new Error(`it is not among ${diagnostics.map(({ code }) => code).join(", ")}`);
  const { source, start, end } = found.span;
  const actions = actionsFor(view, diagnostics, { source, start, end, only });
  return {
    actions,
    after: (title) => {
      const action = actions.find((one) => one.title.startsWith(title));
      if (!action) throw new Error(`${title} is not among ${actions.map((one) => one.title).join(", ")}`);
      const made = applied(view, action);
      return [made.project?.text, ...made.input.files.map(({ text }) => text)].join("\n");
    },
  };
}

const code =
  (wanted: string) =>
  ({ code: one }: Diagnostic): boolean =>
    one === wanted;

describe("leaving a finding out", () => {
  test("is written before its line, with the reason selected that is still to be told", () => {
    const { actions, after } = offered(code("P5006"));
    expect(after("Leave P5006 out here")).toContain("  // parley-ignore P5006: reason\n  var one: text(9)?\n");
    const leave = actions.find(({ title }) => title.startsWith("Leave"));
    expect(leave?.command).toMatchObject({
      command: "parley.selectRange",
      arguments: ["file:///project/main.flow", { start: { line: 2, character: 26 }, end: { line: 2, character: 32 } }],
    });
  });

  test("is not offered on errors, which cannot be left out, nor is another severity", () => {
    for (const one of ["P2001", "P3004"]) {
      const { actions } = offered(code(one));
      expect(actions.filter(({ title }) => /^(?:Leave|Set the severity)/.test(title))).toEqual([]);
    }
  });
});

describe("another severity", () => {
  test("is written into a table of its own, or into the one that is there", () => {
    expect(offered(code("P5006")).after("Set the severity")).toContain("name: bot\nlint:\n  P5006: warning\n");
    const project = "name: bot\nlint:\n  P9001: off\n";
    expect(offered(code("P5006"), { project }).after("Set the severity")).toContain("lint:\n  P5006: warning\n  P9001");
  });

  test("goes to the line that weighs the code already", () => {
    const project = "name: bot\nlint:\n  P5006: info\n";
    const { actions } = offered(code("P5006"), { project });
    const action = actions.find(({ title }) => title.startsWith("Set the severity"));
    expect(action?.edit).toBeUndefined();
    const place = { line: 2, character: 8 };
    expect(action?.command?.arguments).toEqual(["file:///project/parley.yaml", { start: place, end: place }]);
  });

  test("can be taken back where the project has made an error of it", () => {
    const { actions } = offered(code("P5006"), { project: "name: bot\nlint:\n  P5006: error\n" });
    expect(actions.map(({ title }) => title)).toContain("Set the severity of P5006 in parley.yaml");
    expect(actions.some(({ title }) => title.startsWith("Leave"))).toBe(false);
  });

  test("joins a table in braces", () => {
    const project = "name: bot\nlint: { P9001: off }\n";
    expect(offered(code("P5006"), { project }).after("Set the severity")).toContain(
      "lint: { P5006: warning, P9001: off }\n",
    );
  });
});

describe("repairs", () => {
  test("of one kind are made all at once where there are several", () => {
    const { actions, after } = offered(code("P5006"));
    expect(actions.map(({ title }) => title)).toContain("Fix all 2 of P5006 in this file");
    const made = after("Fix all 2");
    expect(made).not.toMatch(/var (?:one|two)/);
    expect(offered(code("P3004")).actions.some(({ title }) => title.startsWith("Fix all"))).toBe(false);
  });

  test("that are all safe are one action of the whole file, only where it is asked for", () => {
    expect(offered(code("P5006"), { only: ["source.fixAll"] }).actions).toEqual([]);
    expect(offered(code("P5006"), { only: ["refactor"] }).actions).toEqual([]);
  });

  test("that take something away are not made by one press of a key", () => {
    const { actions } = offered(code("P5006"));
    expect(actions.filter(({ isPreferred }) => isPreferred)).toEqual([]);
  });
});
