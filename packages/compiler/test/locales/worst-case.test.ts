/**
 * Worst-case lengths against the machine's own renderer: no value of a type prints longer than the compiler reckons, in any
 * language, and the longest does print that long, or it says here why the compiler is stricter.
 */
import {
  envOf,
  evaluate,
  type Machine,
  renderMessage,
  type Snapshot,
  symbolicScope,
  type Value,
} from "@parley/machine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Length, maxLength } from "../../src/types/length.ts";
import { asWritten } from "../../src/types/wording.ts";
import { compiled } from "./support.ts";

const LOCALES = ["en", "de", "ar", "pt_BR"] as const;
type Locale = (typeof LOCALES)[number];

const FILES: Readonly<Record<string, string>> = {
  de: `types: { Size.small: "winzig klein", Size.large: "G" }\nbot.say.note: { body: "Achtung: BODY" }`,
  ar: `types: { Size.small: "صغير", Size.large: "كبير جدًا جدًا" }\nbot.say.note: { body: "BODY" }`,
  pt_BR: `types: { Size.small: "pequena", Size.large: "grande" }\nbot.say.note: { body: "BODY, BODY" }`,
};

/** One text with one hole over the variables. */
interface Case {
  readonly type: string;
  readonly hole: string;
}

interface Probe {
  readonly worst: (locale: Locale) => Length;
  readonly print: (locale: Locale, v: Value) => string;
}

function probe({ type, hole }: Case): Probe {
  const locales = Object.fromEntries(
    Object.entries(FILES).map(([locale, text]) => [
      locale,
      text.replaceAll("BODY", JSON.stringify(`{${hole}}`).slice(1, -1)),
    ]),
  );
  const flow = `type Size = small "S" | large "Large"
flow bot(v: ${type}?) {
  on message -> say
  state say { if v is none { -> end } say note: "{${hole}}" -> end }
}`;
  const compilation = compiled({ flow, locales });
  const { output, types, names, translations } = compilation;
  const problems = compilation.diagnostics.filter(
    (d) => d.severity === "error" && !["P7002", "P3016"].includes(d.code),
  );
  if (problems.length > 0) throw new Error(`${hole}: ${JSON.stringify(problems.map((d) => [d.code, d.args]))}`);
  const say = [...names.ids.keys()].find((node) => node.kind === "Say");
  if (say?.kind !== "Say" || !output) throw new Error(`${hole} does not compile`);
  const wordingOf = (locale: Locale) =>
    translations.languages.find((language) => language.locale === locale)?.wording ?? asWritten("en");
  return {
    worst: (locale) => maxLength(types.ofExpr, wordingOf(locale).text(say.body), wordingOf(locale)),
    print: (locale, v) => rendered(output.machine, locale, v),
  };
}

/** The body of the message as it goes out. */
function rendered(machine: Machine, locale: Locale, v: Value): string {
  const snapshot = {
    locale,
    contact: { id: "c", phone: null, name: null },
    profile: {},
    reply: null,
    lastUserAt: 0,
    conversation: { id: "aaaaaa", frames: [{ flow: "bot", at: "", vars: { v } }], wait: null },
  } as unknown as Snapshot;
  const env = envOf(machine, snapshot, { now: 0 });
  const scope = {
    ...symbolicScope(machine, locale),
    print: (hole: never) => evaluate(env, ["concat", [hole]]) as string,
  };
  const [message] = Object.values(machine.messages);
  if (!message) throw new Error("no message");
  const payload = renderMessage(scope as never, message) as { readonly text?: { readonly body: string } };
  return payload.text?.body ?? "";
}

const size = (text: string): number => [...text].length;

// ---------------------------------------------------------------- no value prints longer

/** Characters that grow or shrink in other cases, that count twice in UTF-16, that are trimmed. */
const CHARACTERS = ["a", "ß", "ΐ", "İ", "ﬃ", "ŉ", "և", "Ω", "🍕", "x", " ", ",", "ي", "e\u0301"[1] ?? "e"];

const textOf = (max: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: max }).map((all) => all.join(""));

const NUMBERS = [
  0,
  -1,
  0.5,
  -0.000001,
  -99_999_999.123_457,
  999_999_999_999_999,
  -999_999_999_999_999,
  999_999_999_999_999.9,
  1 / 3,
];
const MOMENTS = [0, 8.64e15, -8.64e15, Date.UTC(2026, 8, 30, 23, 59), Date.UTC(9999, 11, 31), 1e14, Date.UTC(99, 0, 1)];
const DATES = [
  "0000-01-01",
  "9999-12-31",
  ...Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, "0")}-2${i % 9}`),
];

const PATTERNS = [
  "d MMMM yyyy",
  "EEEE",
  "EEE d MMM",
  "dd/MM/yy",
  "'am' d. MMMM",
  "HH:mm",
  "h:mm a",
  "MMMM MMMM",
  "y",
  "yyyyyy",
  "T''T",
  "ddd",
];

const pattern = fc.constantFrom(...PATTERNS);

interface Drawn {
  readonly case: Case;
  readonly value: fc.Arbitrary<Value>;
}

const texts: fc.Arbitrary<Drawn> = fc
  .record({
    max: fc.integer({ min: 1, max: 12 }),
    wrap: fc.constantFrom(
      (v: string) => v,
      (v: string) => `upper(${v})`,
      (v: string) => `lower(${v})`,
      (v: string) => `title(${v})`,
      (v: string) => `trim(${v})`,
      (v: string) => `clip(${v}, 5)`,
      (v: string) => `clip(upper(${v}), 7)`,
      (v: string) => `replace(${v}, "x", "yyy")`,
      (v: string) => `replace(${v}, "xx", "y")`,
      (v: string) => `${v} + ${v}`,
      (v: string) => `if len(${v}) > 3 then ${v} else "short"`,
      (v: string) => `len(${v})`,
    ),
  })
  .map(({ max, wrap }) => ({ case: { type: `text(${max})`, hole: wrap("v") }, value: textOf(max) }));

const lists: fc.Arbitrary<Drawn> = fc
  .record({
    most: fc.integer({ min: 1, max: 4 }),
    hole: fc.constantFrom(`join(v, ", ")`, `join(sort(v), "")`, "count(v)", `v[0] ?? "?"`),
  })
  .map(({ most, hole }) => ({
    case: { type: `text(4)[..${most}]`, hole },
    value: fc.array(textOf(4), { maxLength: most }),
  }));

const ranges: fc.Arbitrary<Drawn> = fc
  .record({
    min: fc.integer({ min: -2000, max: 0 }),
    max: fc.integer({ min: 0, max: 20_000 }),
    hole: fc.constantFrom(
      "v",
      "format(v, 2)",
      "format(v, 0)",
      "clamp(v, -5, 5)",
      "max(v, 3)",
      "min(v, 7)",
      "round(v)",
      "mod(v, 7)",
    ),
  })
  .map(({ min, max, hole }) => ({
    case: { type: `${min}..${max}`, hole },
    value: fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max })),
  }));

const numbers: fc.Arbitrary<Drawn> = fc
  .constantFrom("v", "format(v, 0)", "format(v, 2)", "format(v, 6)", "round(v, 3)", "v + 1", "v * 2")
  .map((hole) => ({
    case: { type: "number", hole },
    value: fc.oneof(
      fc.constantFrom(...NUMBERS),
      fc.double({ min: -999_999_999_999_999, max: 999_999_999_999_999, noNaN: true }),
    ),
  }));

const dates: fc.Arbitrary<Drawn> = pattern.map((p) => ({
  case: { type: "date", hole: `format(v, "${p}")` },
  value: fc.constantFrom(...DATES),
}));

const moments: fc.Arbitrary<Drawn> = pattern.map((p) => ({
  case: { type: "moment", hole: `format(v, "${p}")` },
  value: fc.oneof(fc.constantFrom(...MOMENTS), fc.integer({ min: -1e15, max: 1e15 })),
}));

const enums: fc.Arbitrary<Drawn> = fc
  .constantFrom("v", "id(v)", "if v == Size.small then v else Size.large")
  .map((hole) => ({ case: { type: "Size", hole }, value: fc.constantFrom("small", "large") }));

const others: fc.Arbitrary<Drawn> = fc.constantFrom(
  { case: { type: "date", hole: "v" }, value: fc.constantFrom(...DATES) },
  {
    case: { type: "date", hole: 'clip(format(v, \\"EEEE d MMMM\\"), 9)'.replaceAll("\\", "") },
    value: fc.constantFrom(...DATES),
  },
  { case: { type: "time", hole: "v" }, value: fc.constantFrom("00:00", "23:59") },
  { case: { type: "time", hole: 'format(v, "h:mm a")' }, value: fc.constantFrom("00:00", "23:59") },
  { case: { type: "phone", hole: "v" }, value: fc.constantFrom("+123456789012345", "+12345") },
);

const probes = new Map<string, Probe>();

function probeOf(one: Case): Probe {
  const key = `${one.type}|${one.hole}`;
  const known = probes.get(key);
  if (known) return known;
  const made = probe(one);
  probes.set(key, made);
  return made;
}

const SEED = 20_260_512;

describe.each([
  ["texts", texts],
  ["lists", lists],
  ["ranges", ranges],
  ["numbers", numbers],
  ["dates", dates],
  ["moments", moments],
  ["enums", enums],
  ["others", others],
] as const)("%s", (_, drawn) => {
  test("no value prints longer than reckoned, in any language", () => {
    const property = fc.property(
      drawn.chain((d) => d.value.map((value) => ({ case: d.case, value }))),
      fc.constantFrom(...LOCALES),
      ({ case: one, value }, locale) => {
        const { worst, print } = probeOf(one);
        const printed = print(locale, value);
        expect({ printed, fits: size(printed) <= worst(locale).codePoints }).toEqual({ printed, fits: true });
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 150 });
  });
});

// ---------------------------------------------------------------- and the longest does

test.each([
  ["text(9)", "v", "ααααααααα"],
  ["text(3)", "upper(v)", "ΐΐΐ"],
  ["text(3)", "lower(v)", "İİİ"],
  ["text(1)", "title(v)", "ΐ"],
  ["text(9)", "clip(v, 5)", "abcdefg"],
  ["text(4)", 'replace(v, "x", "yyy")', "xxxx"],
  ["text(3)[..3]", 'join(v, ", ")', ["abc", "def", "ghi"]],
  ["0..1000", "v", 1000],
  ["-1000..5", "v", -1000],
  ["-1000..5", "format(v, 2)", -1000],
  ["number", "format(v, 6)", -999_999_999_999_999.9],
  ["date", "v", "2026-12-31"],
  ["time", "v", "23:59"],
  ["phone", "v", "+123456789012345"],
  ["date", 'format(v, "d.M.yyyy")', "2026-12-31"],
  ["moment", 'format(v, "HH:mm")', 0],
] as const)("the longest %s in {%s} prints as long as reckoned", (type, hole, value) => {
  const { worst, print } = probe({ type, hole });
  for (const locale of LOCALES) expect(size(print(locale, value as Value))).toBe(worst(locale).codePoints);
});

test.each(["MMMM", "MMM", "EEEE", "EEE"])(
  "in each language some date prints as long as `%s` is reckoned",
  (letters) => {
    const { worst, print } = probe({ type: "date", hole: `format(v, "${letters}")` });
    const days = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
    for (const locale of LOCALES) {
      expect(Math.max(...days.map((day) => size(print(locale, day))))).toBe(worst(locale).codePoints);
    }
  },
);

test("each language has its own longest label", () => {
  const { worst, print } = probe({ type: "Size", hole: "v" });
  expect(LOCALES.map((locale) => worst(locale).codePoints)).toEqual([5, 21, 14, 16]);
  for (const locale of LOCALES) {
    expect(Math.max(size(print(locale, "small")), size(print(locale, "large")))).toBe(worst(locale).codePoints);
  }
});

/** Where the compiler is stricter than any value: what it would take to be exact, and by how much. */
test.each([
  ["number", "v", -99_999_999.123_457, "20 is the language's rule for numbers; 15 digits, a sign and a point are 17"],
  ["text(4)", "lower(v) + upper(v)", "ΐΐΐΐ", "no letter grows in both cases"],
] as const)("a bound may be above every value: %s in {%s}", (type, hole, value, why) => {
  const { worst, print } = probe({ type, hole });
  expect(why).not.toBe("");
  expect(size(print("en", value))).toBeLessThan(worst("en").codePoints);
});
