import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compile, createWorkspace, DEFAULT_SETTINGS } from "../src/index.ts";

/** Files that refer to each other's types, actions, events, profile and flows. */
const PARTS: readonly string[] = [
  'type Size { small "Small", large "Large" }\nprofile { nick: text(20)? }',
  'action order(size: Size) -> text(30) {\n  post "https://example.org/orders"\n}\n',
  'flow main {\n  on message -> start\n  state start {\n    say "Hello"\n    -> shop()\n  }\n}\n',
  "flow main {\n  on message -> start\n  state start {\n    -> shop()\n  }\n}\n",
  'flow shop {\n  var size: Size = small\n  state pick {\n    ask buttons "Which size?" as size\n    let number = order(size) else -> end\n    say "It is {number}"\n    -> end\n  }\n}\n',
  'flow shop {\n  state pick {\n    ask buttons "Go on?" {\n      option yes "Yes, with words far too long" -> end\n      option no "No" -> main()\n    }\n  }\n}\n',
  'flow late {\n  on event due(size: Size) -> tell\n  state tell {\n    say "Still there? {profile.nick ?? "you"}"\n    -> shop()\n  }\n}\n',
  'flow sub(size: Size) -> number {\n  state one {\n    wait 25h\n    say "Late"\n    return 1\n  }\n}\n',
  'flow calls {\n  on text "sub" -> one\n  var n: number = 0\n  state one {\n    call sub(large) as n\n    say "{n}"\n    -> end\n  }\n}\n',
  'test "shop" in main {\n  user says "hi"\n  expect "Hello"\n}\n',
  "flow broken {\n  state {",
  "",
];

const edit = fc.record({
  path: fc.constantFrom("a.flow", "b.flow", "c.flow", "d.flow", "e.flow"),
  parts: fc.option(fc.array(fc.constantFrom(...PARTS), { maxLength: 2 }), { freq: 8, nil: undefined }),
  mangle: fc.option(fc.record({ at: fc.nat(200), text: fc.constantFrom("", "x", "\n", " }", "size", '"') }), {
    freq: 3,
  }),
  rename: fc.option(fc.constantFrom(["shop", "store"], ["order", "buy"], ["Size", "Measure"], ["Hello", "Good day"])),
});

test("after any edits a workspace finds what a fresh compilation of the same files finds", () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), fc.boolean(), (edits, lone) => {
      const settings = { ...DEFAULT_SETTINGS, lone };
      const workspace = createWorkspace(settings);
      const files = new Map<string, string>();
      for (const { path, parts, mangle, rename } of edits) {
        let text = parts?.join("\n");
        if (text !== undefined && rename) text = text.replaceAll(rename[0] ?? "", rename[1] ?? "");
        if (text !== undefined && mangle) text = text.slice(0, mangle.at) + mangle.text + text.slice(mangle.at);
        if (text === undefined) files.delete(path);
        else files.set(path, text);
        workspace.update(path, text);
        same(workspace.compilation(), [...files].sort(byPath), settings);
      }
    }),
    { numRuns: Number(process.env["PARLEY_RUNS"] ?? 60) },
  );
});

function byPath(a: readonly [string, string], b: readonly [string, string]): number {
  return a[0] < b[0] ? -1 : 1;
}

function same(
  found: ReturnType<typeof compile>,
  files: readonly (readonly [string, string])[],
  settings: typeof DEFAULT_SETTINGS,
): void {
  const fresh = compile({ settings, files: files.map(([path, text]) => ({ path, text })) });
  expect(found.failures).toEqual(fresh.failures);
  expect(JSON.stringify(found.diagnostics)).toBe(JSON.stringify(fresh.diagnostics));
  expect(JSON.stringify(found.output?.machine)).toBe(JSON.stringify(fresh.output?.machine));
}
