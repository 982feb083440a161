import { expect, test } from "vitest";
import type { Location } from "vscode-languageserver";
import { hintsOf } from "../../src/client-settings.ts";
import { runCommand } from "../../src/commands.ts";
import type { Context } from "../../src/feature.ts";
import {
  projectDefinition,
  projectReferences,
  settingDefinition,
  settingReferences,
} from "../../src/features/data/setting-names.ts";
import { prepareSettingRename, renameSetting } from "../../src/features/data/setting-rename.ts";
import { renamedFiles } from "../../src/features/renamed-files.ts";
import { changedTokens, rememberedTokens } from "../../src/features/token-deltas.ts";
import { offsetAt, toPosition } from "../../src/positions.ts";
import { pathOf, sourceOf, type View } from "../../src/view.ts";
import { edited } from "../support/applied.ts";
import { type Marked, marked } from "../support/marked.ts";

const FLOW = (inside: string): string => `flow f { on message -> a state a { ${inside} -> end } }\n`;

function spans({ view }: Marked, found: readonly Location[]): readonly string[] {
  return found.map(({ uri, range }) => {
    const source = sourceOf(view, pathOf(view, uri));
    if (!source) throw new Error(`${uri} is not there`);
    return `${source.path}:${offsetAt(source, range.start)}-${offsetAt(source, range.end)}`;
  });
}

test("env.NAME leads to the project file, and back", () => {
  const there = marked({
    "parley.yaml": "env: [OTHER, «SHOP_URL»]\n",
    "main.flow": FLOW('say "{env.‸«SHOP_URL»}, {env.«SHOP_URL»}, SHOP_URL"'),
  });
  expect(spans(there, settingDefinition(there.view, there.file, there.offset))).toEqual(there.ranges.slice(0, 1));
  expect(spans(there, settingReferences(there.view, there.file, there.offset, true))).toEqual(there.ranges);
  const back = marked({ "parley.yaml": "env:\n  - SH‸OP_URL\n", "main.flow": FLOW('say "{env.«SHOP_URL»}"') });
  expect(spans(back, projectReferences(back.view, back.source, back.offset, false))).toEqual(back.ranges);
});

test("the name of opening hours leads to the project file, and back", () => {
  const hours = 'hours:\n  «office»: "mon-fri 08:00-18:00"\n';
  const there = marked({ "parley.yaml": hours, "main.flow": FLOW('if open("‸«office»") { say "office" }') });
  expect(spans(there, settingReferences(there.view, there.file, there.offset, true))).toEqual(there.ranges);
});

test("a setting is renamed in the project file and in all flows, or refused", () => {
  const hours = 'hours: { "office": "mon-fri 08:00-18:00", shop: "sat 09:00-13:00" }\n';
  const bot = FLOW('if open("off‸ice") { say "office" }');
  const m = marked({ "parley.yaml": hours, "main.flow": bot });
  expect(prepareSettingRename(m.view, m.file, m.offset)?.placeholder).toBe("office");
  const { changes = {} } = renameSetting(m.view, m.file, m.offset, "desk") ?? {};
  const after = (path: string): string => {
    const source = sourceOf(m.view, path);
    return source ? edited(source, changes[`file:///project/${path}`] ?? []) : "";
  };
  expect(after("parley.yaml")).toBe(hours.replace("office", "desk"));
  expect(after("main.flow")).toBe(bot.replace("off‸ice", "desk"));
  expect(() => renameSetting(m.view, m.file, m.offset, "shop")).toThrow(/already `shop`/);
  const other = marked({ "parley.yaml": "env: [A]\n", "main.flow": FLOW('say "{env.‸B}"') });
  expect(prepareSettingRename(other.view, other.file, other.offset)).toBeUndefined();
});

test("a language of the project file leads to its file", () => {
  const m = marked({
    "parley.yaml": "locales: { default: en, others: [i‸t] }\n",
    "main.flow": FLOW('say "Hello"'),
    "locales/it.yaml": "f.a.1: {}\n",
  });
  expect(projectDefinition(m.view, m.source, m.offset).map(({ uri }) => uri)).toEqual([
    "file:///project/locales/it.yaml",
  ]);
});

function renamed(view: View, before: string, after: string): string | undefined {
  const uri = (path: string): string => `file:///project/${path}`;
  const edit = renamedFiles([view], [{ oldUri: uri(before), newUri: uri(after) }]);
  const edits = edit?.changes?.[uri("parley.yaml")];
  return edits && view.project && edited(view.project, edits);
}

test("what the project file names follows a file or folder that is renamed", () => {
  const text =
    'templates: data/approved.yaml\nlocales: { default: en, others: [it, "de"] }\nlibraries: ["./shared/forms"]\n';
  const { view } = marked({ "parley.yaml": text, "main.flow": `${FLOW('say "Hello"')}‸` });
  expect(renamed(view, "data/approved.yaml", "data/all.yaml")).toBe(text.replace("approved", "all"));
  expect(renamed(view, "data", "old data")).toBe(text.replace("data/approved.yaml", '"old data/approved.yaml"'));
  expect(renamed(view, "shared", "common")).toBe(text.replace("shared", "common"));
  expect(renamed(view, "locales/de.yaml", "locales/fr.yaml")).toBe(text.replace('"de"', '"fr"'));
  expect(renamed(view, "locales/it.yaml", "old/it.yaml")).toBeUndefined();
  expect(renamed(view, "main.flow", "bot.flow")).toBeUndefined();
});

test("after the first answer colours are told as what has changed", () => {
  const context: Context = { docs: undefined, client: {}, views: () => [], viewOf: () => undefined };
  const uri = "file:///project/main.flow";
  const first = rememberedTokens(context, uri, { data: [1, 2, 3, 4, 5, 6] });
  const next = changedTokens(context, uri, first.resultId ?? "", { data: [1, 2, 9, 9, 9, 5, 6] });
  expect(next).toMatchObject({ edits: [{ start: 2, deleteCount: 2, data: [9, 9, 9] }] });
  expect(changedTokens(context, uri, next.resultId ?? "", { data: [1, 2, 9, 9, 9, 5, 6] })).toMatchObject({
    edits: [],
  });
  expect(changedTokens(context, uri, "0", { data: [1] })).toMatchObject({ data: [1] });
});

test("settings of a client that are of another form count as not given", () => {
  expect(hintsOf({ parley: { inlayHints: { counts: true, types: false, window: "yes" } } })).toEqual({
    counts: "short",
    types: false,
  });
  expect(hintsOf({ parley: { inlayHints: { counts: false } } })).toEqual({ counts: "off" });
  expect(hintsOf(null)).toEqual({});
});

test("what is pasted becomes statements in a state, a flow outside of flows, and nothing between states", () => {
  const json = JSON.stringify({ type: "text", text: { body: "Hello" } });
  const imported = (text: string): unknown => {
    const { view, file, offset } = marked(text);
    const at = toPosition(file.source, offset);
    const commands = { viewOf: () => view, page: undefined, reload: () => {}, select: async () => {} };
    return runCommand("parley.import", ["file:///project/main.flow", { start: at, end: at }, json], commands);
  };
  expect(imported("flow f {\n  on message -> a\n  state a {\n    ‸\n    -> end\n  }\n}\n")).toBe('say "Hello"');
  expect(imported("flow f {\n  on message -> a\n  state a {\n    ‸-> end\n  }\n}\n")).toBe('say "Hello"\n    ');
  expect(imported(`${FLOW('say "a"')}‸`)).toMatch(/^flow imported \{/);
  expect(imported("flow f {\n  on message -> a\n  ‸\n  state a { -> end }\n}\n")).toBeNull();
});
