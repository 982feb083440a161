import { describe, expect, test } from "vitest";
import { type FileSystem, isForeignText, openProject, readProject } from "../../src/index.ts";

const FILES: Readonly<Record<string, string>> = {
  "parley.yaml": "name: bot\n",
  "main.flow": "flow a { on message -> b state b { -> end } }",
  "floip.flow": '{ "uuid": "5d1c", "nodes": [] }',
  "uipath.flow": '<?xml version="1.0"?>\n<Activity/>',
  "types.flow": "// @flow strict\nexport type Id = string;",
};

const disk: FileSystem = {
  kindOf: (path) => (Object.hasOwn(FILES, path.slice("/bot/".length)) ? "file" : "missing"),
  read: (path) => ({ text: FILES[path.slice("/bot/".length)] ?? "" }),
  entries: () => ({ entries: Object.keys(FILES).map((name) => ({ name, kind: "file" })) }),
};

test("`.flow` files of other tools beside a bot are no part of it", () => {
  const opened = openProject(disk, "/bot", "bot");
  expect(readProject(disk, opened, opened.flows).sources.map(({ path }) => path)).toEqual(["main.flow"]);
});

describe("a text that somebody is at is ours whatever is wrong with it", () => {
  test.each(["", "{", "{ state a", "[", "<", "< 3", "// the @flow of things", "/// @flow", "flow a {", "} flow"])(
    "%j",
    (text) => expect(isForeignText(text)).toBe(false),
  );
});

test.each(["{}", "\n [ 1 ]", "[]", '[{"a":1}]', "<Activity/>", "<!-- a -->", "/** @flow */"])(
  "%j is of another tool",
  (text) => expect(isForeignText(text)).toBe(true),
);
