/** What an editor shows beside each text: how much of its limit it can take, in the language that takes most. */
import { expect, describe as group, test } from "vitest";
import { type CountedText, compile, DEFAULT_SETTINGS, type TextCount, textCounts } from "../../src/index.ts";
import { spanText } from "../../src/text/source.ts";
import { compiled, SMALL, SPANISH } from "../locales/support.ts";

type Locales = Readonly<Record<string, string | undefined>>;

function countsOf(flow: string, locales: Locales = {}): readonly CountedText[] {
  const compilation = compiled({ flow, locales });
  return [...compilation.names.flows.values()].flatMap((decl) => textCounts(compilation, decl));
}

const brief = ({ locale, length, max }: TextCount): string => `${locale} ${length}/${max}`;
const lines = (counted: readonly CountedText[]): readonly string[] =>
  counted.map(({ text, what, counts }) => `${what} ${spanText(text)} ${counts.map(brief).join(", ")}`);
const inState = (statements: string): string => `flow f { on message -> s state s { ${statements} -> end } }`;

test("each text is counted once, in every language, beside the limit that it has there", () => {
  expect(lines(countsOf(SMALL, { es: SPANISH }))).toEqual([
    'the text "Hello!" en 6/4096, es 6/4096',
    'the text "Still there?" en 12/4096, es 12/4096',
    'the text "One {size ?? Size.small} is on its way." en 24/4096, es 27/4096',
    'the text "What size, {contact.name ?? "friend"}?" en 112/1024, es 114/1024',
    'the title of `small` "A small one" en 11/20, es 11/20',
    'the title of `large` "A large one" en 11/20, es 10/20',
    'the text of `else` "Please tap one, {contact.name ?? "friend"}." en 117/4096, es 118/4096',
  ]);
});

group("the worst count is that of the language with least room", () => {
  const yes = (text: string): Locales => ({ es: `f.s:\n  body: "¿Q?"\n  option.yes: "${text}"\n` });
  const worst = (locales: Locales): readonly string[] =>
    countsOf(inState('ask buttons "Q?" { option yes "Yes" }'), locales)
      .filter(({ what }) => what === "the title of `yes`")
      .map((counted) => brief(counted.worst));

  test.each<readonly [what: string, locales: Locales, worst: string]>([
    ["the only one", {}, "en 3/20"],
    ["a longer translation", yes("Claro"), "es 5/20"],
    ["a shorter translation", yes("Sí"), "en 3/20"],
    ["the default one, where both are as long", yes("Que"), "en 3/20"],
    ["the second of two others", { ...yes("Claro"), de: 'f.s:\n  body: "Q"\n  option.yes: "Natürlich"\n' }, "de 9/20"],
  ])("%s", (_, locales, count) => expect(worst(locales)).toEqual([count]));
});

test("the limit is that of the layout, which can be another in another language", () => {
  const flow = inState('ask "Q?" { option yes "Yes" option no "No" }');
  const es = 'f.s:\n  body: "¿Q?"\n  option.yes: "Por supuesto que lo quiero"\n  option.no: "No"\n';
  const titles = countsOf(flow, { es }).filter(({ what }) => what.startsWith("the title"));
  expect(lines(titles)).toEqual([
    'the title of `yes` "Yes" en 3/20, es 26/24',
    'the title of `no` "No" en 2/20, es 2/24',
  ]);
});

test("a title that stands as the description, as its short one is shown, has the limit of descriptions", () => {
  const title = (text: string): readonly string[] =>
    lines(countsOf(inState(`ask list "Q?" { option yes "${text}" short "Yes" }`))).filter((line) =>
      line.startsWith("the title"),
    );
  expect(title("x".repeat(24))).toEqual([`the title of \`yes\` "${"x".repeat(24)}" en 24/24`]);
  expect(title("x".repeat(25))).toEqual([`the title of \`yes\` "${"x".repeat(25)}" en 25/72`]);
});

test("the sum says what the length is made of, where a value is in it", () => {
  const sums = countsOf(inState('say "Hello" say "Hello {clip(contact.name ?? "you", 9)}"'));
  expect(sums.map(({ worst }) => worst.sum)).toEqual(["", expect.stringContaining("6 written + 9 for ")]);
});

test("what is said in another language is the translation", () => {
  const [hello] = countsOf(SMALL, { es: SPANISH });
  expect(hello?.counts.map(({ text }) => text.parts)).toEqual([["Hello!"], ["¡Hola!"]]);
});

test("of parts of a flow only their texts are counted", () => {
  const compilation = compiled({
    flow: 'flow f { on message -> s else "Else" after 1h { say "Late" } state s { ask text "S" -> t } state t { say "T" -> end } }',
    locales: {},
  });
  const flow = compilation.names.flows.get("f");
  if (!flow) throw new Error("no flow");
  const within = (part: Parameters<typeof textCounts>[2]): readonly string[] =>
    textCounts(compilation, flow, part).map(({ text }) => spanText(text));
  expect(within({ ...flow, states: [], elses: [] })).toEqual(['"Late"']);
  expect(within({ ...flow, states: [], afters: [] })).toEqual(['"Else"']);
  expect(within({ states: flow.states.slice(1), elses: [], afters: [] })).toEqual(['"T"']);
});

test("labels of a type are counted in the file where they stand, and in no other", () => {
  const type = 'type C = a "Alpha" | b "Beta"';
  const flow = 'flow f { on message -> s var c: C? state s { ask "Q?" as c -> end } }';
  const body = 'the text "Q?" en 2/1024';
  const labels = ['the title of `a` "Alpha" en 5/20', 'the title of `b` "Beta" en 4/20'];
  expect(lines(countsOf(`${type} ${flow}`))).toEqual([body, ...labels]);
  const apart = compile({
    settings: DEFAULT_SETTINGS,
    files: [type, flow].map((text, i) => ({ path: `${i}.flow`, text })),
  });
  const decl = apart.names.flows.get("f");
  expect(decl && lines(textCounts(apart, decl))).toEqual([body]);
});
