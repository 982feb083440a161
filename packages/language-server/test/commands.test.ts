import { describe, expect, test } from "vitest";
import { COMMAND_NAMES, type Commands, runCommand } from "../src/commands.ts";
import { toPosition } from "../src/positions.ts";
import { type Cursor, cursorIn } from "./support/projects.ts";

const URI = "file:///project/main.flow";
const MESSAGE = JSON.stringify({ messaging_product: "whatsapp", to: "1", type: "text", text: { body: "Hello!" } });

function commandsOf(cursor?: Cursor): Commands & { readonly done: unknown[] } {
  const done: unknown[] = [];
  return {
    done,
    viewOf: (uri) => (uri === URI ? cursor?.view : undefined),
    page: (code) => `https://parley.example/${code}`,
    reload: () => void done.push("reload"),
    select: async (uri, range) => void done.push([uri, range]),
  };
}

function imported(text: string, json: string): unknown {
  const cursor = cursorIn(text);
  const at = toPosition(cursor.file.source, cursor.offset);
  return runCommand("parley.import", [URI, { start: at, end: at }, json], commandsOf(cursor));
}

describe("parley.import", () => {
  test("gives statements in a state, and a flow outside of flows", () => {
    expect(imported("flow a {\n  on message -> b\n  state b {\n    ‸\n    -> end\n  }\n}\n", MESSAGE)).toBe(
      'say "Hello!"',
    );
    expect(imported("‸", MESSAGE)).toContain("flow imported {");
  });

  test("gives nothing between states, for what is no request, and for files of nobody", () => {
    expect(imported("flow a {\n  on message -> b\n  state b { -> end }\n‸\n}\n", MESSAGE)).toBeNull();
    expect(imported("‸", "{}")).toBeNull();
    expect(imported("‸", "no JSON")).toBeNull();
    expect(runCommand("parley.import", ["file:///elsewhere.flow", undefined, MESSAGE], commandsOf())).toBeNull();
    expect(runCommand("parley.import", [], commandsOf())).toBeNull();
  });
});

test("parley.explainCode tells the reason and the page of a code, and nothing of what is none", () => {
  expect(runCommand("parley.explainCode", ["P3001"], commandsOf())).toEqual({
    code: "P3001",
    why: "The Cloud API refuses the whole message (error 131009).",
    path: "docs/diagnostics/P3001-too-many-buttons.md",
    page: "https://parley.example/P3001",
  });
  for (const code of ["P0000", "", "toString", undefined, 7])
    expect(runCommand("parley.explainCode", [code], commandsOf())).toBeNull();
});

test("parley.graphData tells the states and the ways between them, whatever is said on the way", () => {
  const cursor = cursorIn(`flow a {
  on message -> b
  state b {
    ask "Well?" {
      option yes "Yes" -> c
      option no "No" { say "Again." }
    }
    -> b
  }
  state c { -> end }
}
‸`);
  const { states, ways } = runCommand("parley.graphData", [URI], commandsOf(cursor)) as {
    readonly states: readonly { readonly id: number; readonly name: string; readonly flow: string }[];
    readonly ways: readonly { readonly from: number; readonly to: number }[];
  };
  const nameOf = (id: number): string => states.find((one) => one.id === id)?.name ?? "";
  expect(states.map(({ flow, name }) => `${flow}.${name}`)).toEqual(["a.b", "a.c"]);
  expect(ways.map(({ from, to }) => `${nameOf(from)} ${nameOf(to)}`).sort()).toEqual(["b b", "b c"]);
  expect(runCommand("parley.graphData", ["file:///elsewhere.flow"], commandsOf(cursor))).toBeNull();
});

test("parley.linesTo tells what to say to come to a state, by its name or by a place in it", () => {
  const cursor = cursorIn(`flow a {
  on text "begin" -> b
  state b { ask "Well?" { option yes "Yes" -> c option no "No" -> end } }
  state c { say "‸C" -> end }
  state d { -> end }
}
`);
  const commands = commandsOf(cursor);
  const position = toPosition(cursor.file.source, cursor.offset);
  for (const place of ["a.c", position])
    expect(runCommand("parley.linesTo", [URI, place], commands)).toEqual(["begin", "yes"]);
  for (const place of ["a.d", "a", "a.nothing", { line: 0, character: 0 }, undefined])
    expect(runCommand("parley.linesTo", [URI, place], commands)).toBeNull();
  expect(runCommand("parley.linesTo", ["file:///elsewhere.flow", "a.c"], commands)).toBeNull();
});

test("parley.selectRange shows a place, parley.reload reads again, and what is unknown does nothing", () => {
  const commands = commandsOf();
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } };
  runCommand("parley.selectRange", [URI, range], commands);
  runCommand("parley.reload", [], commands);
  for (const name of ["parley.nothing", "toString", "__proto__"]) expect(runCommand(name, [], commands)).toBeNull();
  expect(commands.done).toEqual([[URI, range], "reload"]);
  expect(COMMAND_NAMES).toHaveLength(6);
});
