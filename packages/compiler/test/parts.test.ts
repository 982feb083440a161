/** A file that is read in parts, and again only where it was changed, against the same text read as a whole. Seeded. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Compilation, compile, createWorkspace, DEFAULT_SETTINGS } from "../src/index.ts";
import { createReader } from "../src/syntax/reader.ts";
import type { Span } from "../src/text/source.ts";

const MORE = process.env["PARLEY_RUNS"];
const RUNS = Number(MORE ?? 150);

/** What a file is made of, with comments and empty lines between, and with what is told of a single part. */
const DECLARATIONS = [
  'type Size = small "Small" | large "Large"\n',
  "type Other = one\n",
  "profile { nick: text(20)? }\n",
  'action order(size: Size) -> text(30)\n  POST "https://example.org/orders"\n',
  'flow main {\n  on message -> start\n  state start {\n    say "Hello"\n    -> shop()\n  }\n} // the first\n',
  '/// Documentation.\nflow shop {\n  var size: Size = Size.small\n  state pick {\n    ask buttons "Which size?" as size\n    let number = order(size) else -> end\n    say "It is {number}"\n    -> end\n  }\n}\n',
  "// parley-ignore P5006: later\nflow unused {\n  var nothing: number = 1\n  state one {\n    -> end\n  }\n}\n",
  'flow long {\n  on text "long" -> one\n  state one {\n    ask buttons "Go on?" {\n      option yes "Yes, with words far too long" -> end\n      option no "No" -> two\n    }\n  }\n  state two {\n    say """\n      Of more\n      lines {profile.nick ?? "you"}\n      """\n    -> end\n  }\n}\n',
  'flow late {\n  on event due(size: Size) -> tell\n  state tell {\n    say "Late"\n    wait 25h\n    say "Later"\n    -> end\n  }\n}\n',
  'test "shop" in main {\n  user says "hi"\n  expect "Hello"\n}\n',
  "\n\n",
  "// A comment by itself.\n",
  "/* One\n of lines. */\n",
];

const SNIPPETS = [
  ...'x\n }{"|/;:,',
  "\r\n",
  '"""',
  "/*",
  "*/",
  "//",
  "  ",
  "{size",
  " | more",
  "flow ",
  "state ",
  '    say "More"\n',
  "// parley-ignore P3004: so be it\n",
  "type ",
  "😀",
  "ü",
  "\0",
  'flow shop {\n  state s {\n    say "Two"\n    -> end\n  }\n}\n',
];

interface Edit {
  /** Otherwise the next one comes before what is found is read. */
  readonly asked: boolean;
  /** Part of the text's length. */
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
  /** The next edit takes it back. */
  readonly undone: boolean;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.constant(1) }, fc.nat(60)),
  insert: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("", "x", " ", "\n") },
    { weight: 3, arbitrary: fc.constantFrom(...SNIPPETS) },
    fc.constantFrom(...DECLARATIONS),
  ),
  asked: fc.boolean(),
  // Mostly, or nothing would be right after a few of them.
  undone: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
});

function edited(text: string, { at, remove, insert }: Pick<Edit, "at" | "remove" | "insert">): string {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + insert + text.slice(from + remove);
}

test("after any edits of a file in parts everything is as if it had been read as a whole", {
  timeout: 60_000 + RUNS * 500,
}, () => {
  const start = fc.shuffledSubarray([...DECLARATIONS, ...DECLARATIONS.slice(-3)], { minLength: 6 });
  const least = fc.constantFrom(0, 100, 400);
  let [kept, slight, steps] = [0, 0, 0];
  fc.assert(
    fc.property(start, fc.array(edit, { minLength: 3, maxLength: 12 }), least, (parts, edits, size) => {
      const reader = createReader(0, size);
      let units: readonly unknown[] = [];
      const counted: typeof reader = {
        read: (files) => {
          const read = reader.read(files);
          if (read.some((unit) => units.includes(unit))) kept++;
          if (read.some(({ edit: by }) => by)) slight++;
          units = read;
          return read;
        },
      };
      const workspace = createWorkspace(DEFAULT_SETTINGS, counted);
      const texts = [{ text: parts.join(""), asked: true }];
      for (const { asked, undone, ...one } of edits) {
        const before = texts.at(-1)?.text ?? "";
        texts.push({ text: edited(before, one), asked });
        if (undone) texts.push({ text: before, asked: true });
      }
      for (const { text, asked } of texts) {
        steps++;
        workspace.update("main.flow", text);
        const found = workspace.compilation();
        if (asked) same(found, compile({ settings: DEFAULT_SETTINGS, files: [{ path: "main.flow", text }] }));
      }
    }),
    MORE ? { numRuns: RUNS } : { numRuns: RUNS, seed: 20261124 },
  );
  // Parts were kept, not the whole file read again each time; and some edits were slight.
  expect(kept / steps).toBeGreaterThan(0.1);
  expect(slight / steps).toBeGreaterThan(0.05);
});

function same(found: Compilation, fresh: Compilation): void {
  expect(found.failures).toEqual(fresh.failures);
  const told = ({ diagnostics }: Compilation): readonly string[] => diagnostics.map((d) => JSON.stringify(d, plain));
  expect(told(found)).toEqual(told(fresh));
  expect(JSON.stringify(found.files, plain)).toBe(JSON.stringify(fresh.files, plain));
  expect(JSON.stringify(found.output?.machine)).toBe(JSON.stringify(fresh.output?.machine));
  expect(JSON.stringify(found.output?.map)).toBe(JSON.stringify(fresh.output?.map));
}

/** Sources by their path; of places that are nodes just the place. */
function plain(key: string, value: unknown): unknown {
  if (key === "source") return (value as Span["source"]).path;
  if (key !== "span") return value;
  const { source, start, end } = value as Span;
  return { source, start, end };
}
