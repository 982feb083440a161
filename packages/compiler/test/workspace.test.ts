import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  compile,
  createWorkspace,
  DEFAULT_SETTINGS,
  type Input,
  parseLocale,
  parseTemplates,
  type Settings,
} from "../src/index.ts";

/** Files that refer to each other's types, actions, events, profile and flows. */
const PARTS: readonly string[] = [
  'type Size = small "Small" | large "Large"\nprofile { nick: text(20)? }',
  'action order(size: Size) -> text(30)\n  POST "https://example.org/orders"\n',
  'flow main {\n  on message -> start\n  state start {\n    say "Hello"\n    -> shop()\n  }\n}\n',
  "flow main {\n  on message -> start\n  state start {\n    -> shop()\n  }\n}\n",
  'flow shop {\n  var size: Size = Size.small\n  state pick {\n    ask buttons "Which size?" as size\n    let number = order(size) else -> end\n    say "It is {number}"\n    -> end\n  }\n}\n',
  'flow shop {\n  state pick {\n    ask buttons "Go on?" {\n      option yes "Yes, with words far too long" -> end\n      option no "No" -> main()\n    }\n  }\n}\n',
  'flow late {\n  on event due(size: Size) -> tell\n  state tell {\n    say "Still there? {profile.nick ?? "you"}"\n    -> shop()\n  }\n}\n',
  'flow sub(size: Size) -> number {\n  state one {\n    wait 25h\n    say "Late"\n    return 1\n  }\n}\n',
  'flow calls {\n  on text "sub" -> one\n  var n: number = 0\n  state one {\n    call sub(Size.large) as n\n    say "{n}"\n    -> end\n  }\n}\n',
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

/** What stands beside the `.flow` files, in kinds that tell the same text otherwise. */
const BESIDE = {
  settings: [
    {},
    { lone: true },
    { windowMarginMs: 3_600_000 },
    { lint: { P5006: "error" as const } },
    { locales: { default: "en", others: ["de"], dir: "locales" } },
    { locales: { default: "en", others: ["de", "fr"], dir: "locales" } },
  ] satisfies readonly Partial<Settings>[],
  locale: [
    undefined,
    "main.start~1: Hallo\n",
    "main.start~1: Hallo\ntypes: { Size.small: Klein, Size.large: Groß }\n",
    "main.start~1: [",
  ],
  templates: [
    undefined,
    JSON.stringify([listed("hello", "Hello")]),
    JSON.stringify([listed("hello", "Hello {{1}}"), listed("other", "Other")]),
  ],
} as const;

function listed(name: string, text: string): object {
  const body = { type: "BODY", text, ...(text.includes("{{") ? { example: { body_text: [["Ana"]] } } : {}) };
  return { name, language: "en", status: "APPROVED", category: "UTILITY", components: [body] };
}

const SENDER =
  "flow sender {\n  on event out -> tell\n  state tell {\n    send template hello()\n    -> shop()\n  }\n}\n";

const whole = fc.record({
  parts: fc.array(fc.subarray([...PARTS.slice(0, -2), SENDER], { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  settings: fc.constantFrom(...BESIDE.settings),
  locale: fc.constantFrom(...BESIDE.locale),
  templates: fc.constantFrom(...BESIDE.templates),
});
type Whole = typeof whole extends fc.Arbitrary<infer T> ? T : never;

/** Read anew each time, as who watches files does. */
function inputOf({ parts, settings, locale, templates }: Whole): Input {
  const others = "locales" in settings ? settings.locales.others : [];
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    files: parts.map((texts, i) => ({ path: `${i}.flow`, text: texts.join("\n") })),
    locales: others.flatMap((name) =>
      locale === undefined ? [] : [parseLocale({ path: `locales/${name}.yaml`, text: locale }, name)],
    ),
    ...(templates === undefined ? {} : { templates: parseTemplates({ path: "templates.json", text: templates }) }),
  };
}

/** One thing at a time, so that most of what was known can stand. */
const replacement = fc.tuple(whole, fc.constantFrom("parts", "parts", "settings", "locale", "templates", "nothing"));

test("whatever is replaced, settings, locale files and templates too, a workspace finds what a fresh compilation finds", () => {
  fc.assert(
    fc.property(whole, fc.array(replacement, { minLength: 2, maxLength: 10 }), (first, replacements) => {
      let now = first;
      const workspace = createWorkspace(DEFAULT_SETTINGS);
      for (const [next, what] of [[first, "nothing"] as const, ...replacements]) {
        if (what !== "nothing") now = { ...now, [what]: next[what] };
        workspace.replace(inputOf(now));
        alike(workspace.compilation(), compile(inputOf(now)));
      }
    }),
    { numRuns: Number(process.env["PARLEY_RUNS"] ?? 60) },
  );
});

test("nothing of an earlier text is held on to, whether it was judged or not", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  const workspace = createWorkspace(DEFAULT_SETTINGS);
  const trees: WeakRef<object>[] = [];
  for (let i = 0; i < 6; i++) {
    for (const [at, text] of PARTS.slice(0, 3).entries()) {
      workspace.update(`${at}.flow`, text.replace("Hello", `Hello ${i}`).replace("state start", `state start_${i}`));
    }
    const compilation = workspace.compilation();
    // Reading what the rules say is what judges.
    const found = i % 2 === 0 ? compilation.diagnostics.length : undefined;
    expect(found).not.toBe(0);
    trees.push(new WeakRef(compilation.files[2] ?? {}));
    await new Promise((resolve) => setImmediate(resolve));
  }
  gc();
  // What was judged last may stand until the next text is.
  expect(trees.slice(0, -2).map((tree) => tree.deref())).toEqual([undefined, undefined, undefined, undefined]);
});

function byPath(a: readonly [string, string], b: readonly [string, string]): number {
  return a[0] < b[0] ? -1 : 1;
}

function same(
  found: ReturnType<typeof compile>,
  files: readonly (readonly [string, string])[],
  settings: typeof DEFAULT_SETTINGS,
): void {
  alike(found, compile({ settings, files: files.map(([path, text]) => ({ path, text })) }));
}

function alike(found: ReturnType<typeof compile>, fresh: ReturnType<typeof compile>): void {
  expect(found.failures).toEqual(fresh.failures);
  expect(JSON.stringify(found.diagnostics)).toBe(JSON.stringify(fresh.diagnostics));
  expect(JSON.stringify(found.output?.machine)).toBe(JSON.stringify(fresh.output?.machine));
}
