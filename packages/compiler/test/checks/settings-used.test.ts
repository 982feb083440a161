/** What the project file declares and no flow uses. */
import { expect, test } from "vitest";
import { compile, parseProject } from "../../src/index.ts";

const CODE = (rest: string): string =>
  `flow main { on message -> s state s { say "Hello {contact.name ?? "you"}" ${rest} handoff "q" } }`;

function unused(project: string, text: string): readonly string[] {
  const { value: settings } = parseProject({ path: "parley.yaml", text: project }, "shop");
  const { diagnostics } = compile({ settings, files: [{ path: "main.flow", text }] });
  return diagnostics.map(
    ({ code, args, span }) => `${code} ${String(args["what"])} ${span.source.text.slice(span.start, span.end)}`,
  );
}

const PROJECT = "env: [TOKEN, OTHER]\nhours:\n  office: mon-fri 08:00-12:00\n  shop: sat 09:00-13:00\n";

test("an entry that no flow names is told where it stands", () => {
  const rest = `if open("office") { say "Open" } do ping() else -> end`;
  const action = `\naction ping()\n  POST "https://example.org/{env.TOKEN}"\n`;
  expect(unused(PROJECT, CODE(rest) + action)).toEqual(["P5006 entry of `env` OTHER", "P5006 entry of `hours` shop"]);
});

test("in a list of lines, too, and where nothing uses any", () => {
  expect(unused("env:\n  - TOKEN\n", CODE(""))).toEqual(["P5006 entry of `env` TOKEN"]);
});

test("the project file can ask not to be told", () => {
  expect(unused(`${PROJECT}lint: { P5006: off }\n`, CODE(""))).toEqual([]);
});
