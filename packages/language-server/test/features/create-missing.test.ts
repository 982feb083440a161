/** Names that nobody has declared: what is offered to declare them, and that it does. */
import { describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver";
import { actionsFor } from "../../src/features/problems/actions.ts";
import { refactorings } from "../../src/features/refactor/refactor.ts";
import { missingTranslations } from "../../src/features/refactor/to-locales.ts";
import { applied, newFindings } from "../support/applied.ts";
import { type Cursor, cursorIn } from "../support/projects.ts";

interface Bot {
  readonly statement?: string;
  readonly member?: string;
  readonly more?: string;
  readonly project?: string;
}

function botWith({ statement = 'say "Hi"', member = "", more = "", project = "name: bot\n" }: Bot): Cursor {
  const main = `type Size = small "Small" | large "Large"

flow a {
  on message -> b
  ${member}

  state b {
    ${statement}
    -> end
  }
}

${more}`;
  return cursorIn({ "parley.yaml": project, "main.flow": main });
}

function offered({ view, file, offset }: Cursor): readonly CodeAction[] {
  return refactorings(view, file, offset, offset).filter(({ kind }) => kind === "quickfix");
}

/** All texts after the one creation that is offered; the finding is gone, and no error has come. */
function created(bot: Bot): string {
  const cursor = botWith(bot);
  const actions = offered(cursor);
  expect(actions.map(({ isPreferred }) => isPreferred)).toEqual([true]);
  const after = applied(cursor.view, actions[0] ?? { title: "" });
  const [missing] = actions[0]?.diagnostics ?? [];
  const left = after.compilation.diagnostics.filter(({ code }) => code === missing?.code);
  expect(left).toEqual([]);
  const errors = newFindings(cursor.view, after).filter((one) => !/ P[59]\d\d\d | P7001 /.test(one));
  expect(errors).toEqual([]);
  return [after.project?.text, ...after.input.files.map(({ text }) => text)].join("\n");
}

describe("is created", () => {
  test.each<[string, Bot, string]>([
    ["a state", { statement: "if true { -> la‸ter }" }, "state later {\n    -> end\n  }"],
    ["a state that a test expects", { more: testOf("  expect state la‸ter\n") }, "state later {\n    -> end\n  }"],
    ["a variable with the type of its ask", { statement: 'ask number "How many?" as ho‸w' }, "  var how: number"],
    ["a variable with the type of what is put into it", { statement: "set wh‸en = today()" }, "  var when: date"],
    ["a flow that is called, with its arguments", { statement: "call pa‸y(3)" }, "flow pay(value1: number) {"],
    [
      "a flow that gives what is taken from it",
      { member: "var x: text(9)?", statement: "call pa‸y() as x" },
      "flow pay -> text(9)? {",
    ],
    [
      "a flow that an arrow leads to",
      { statement: "if true { -> pa‸y() }" },
      "flow pay {\n  state start {\n    -> end",
    ],
    ["a flow that a test is about", { more: 'test "x" in pa‸y {\n  user says "hi"\n}\n' }, 'on text "pay" -> start'],
    [
      "an action without a result",
      { member: 'var size: text(9) = "s"', statement: "do no‸te(size) else -> end" },
      "action note(size: text(9))\n",
    ],
    [
      "an action with the type of what takes its result",
      { member: "var n: 1..9 = 1", statement: "set n = me‸nu(n) else -> end" },
      "action menu(n: 1..9) -> 1..9\n",
    ],
    [
      "a type with the cases that are named",
      { statement: "let k = Ki‸nd.one" },
      'type Kind = one "One" | other "Other"',
    ],
    ["a type", { member: "var k: Ki‸nd?" }, "type Kind = text(60)"],
    ["a case", { statement: "let s = Size.very_hu‸ge" }, '| large "Large" | very_huge "Very huge"'],
    ["a field of the profile", { statement: "set profile.vis‸its = 3" }, "profile { visits: number? }"],
    [
      "a field of a record",
      { member: "var p: P?", statement: 'if p is not none { say "{p.pri‸ce}" }', more: "type P = { a: number }" },
      "type P = { a: number, price: text(60) }",
    ],
    [
      "a template with its samples",
      { statement: 'send template rea‸dy("Ana", 3)' },
      'template ready(value1: text(60) = "Ana", value2: number) {',
    ],
    [
      "a template with the quick replies of its ask",
      { statement: 'ask template rea‸dy() { option where "Where?" -> end }' },
      'option where "Where?"\n}',
    ],
    [
      "a quick reply",
      {
        statement: "ask template t() { option wh‸ere -> end }",
        more: 'template t() {\n  category utility\n  body "Hi there."\n  option x "X"\n}',
      },
      '  option x "X"\n  option where "Where"\n',
    ],
    [
      "an option that a test taps",
      {
        statement: 'ask "Well?" {\n      option yes "Yes"\n      option no "No"\n    }',
        more: testOf('  expect buttons containing "Well"\n  user taps ma‸ybe\n'),
      },
      '      option no "No"\n      option maybe "Maybe"\n',
    ],
    [
      "a case where an option is one",
      {
        member: "var s: Size = Size.small",
        statement: 'ask "Well?" as s',
        more: testOf('  expect buttons containing "Well"\n  user taps ma‸ybe\n'),
      },
      '| large "Large" | maybe "Maybe"',
    ],
    ["what is scheduled", { statement: "schedule nud‸ge(1) in 2h" }, "on scheduled nudge(value1: number) -> nudge\n"],
    [
      "an event that a test raises",
      { more: testOf('  event rea‸dy("x")\n') },
      "on event ready(value1: text(60)) -> ready",
    ],
    [
      "what a call lacks, by the names of the flow and by types",
      {
        member: 'var size: text(9) = "s"',
        statement: 'do ta‸ke("a") else -> end',
        more: "action take(what: text(9), size: text(9), on: date, kind: Size, n: 2..9, rest: number[..3])",
      },
      'take("a", size, today(), Size.small, 2, [])',
    ],
    [
      "an argument of a template",
      {
        statement: "ask template t‸() { option x -> end }",
        more: 'template t(who: text(60)) {\n  category utility\n  body "Hi there {who} you."\n  option x "X"\n}',
      },
      'ask template t("Who")',
    ],
    [
      "fields that a record lacks",
      {
        member: "var p: P = ‸{ b: true }",
        statement: 'if p.b { say "{p.a}" }',
        more: "type P = { a: text(3), b: bool, c: url? }",
      },
      'var p: P = { b: true, a: "A", c: none }',
    ],
    [
      "a way out of marketing",
      {
        statement: "send template offer()",
        more: 'template of‸fer() {\n  category marketing\n  body "Come and see what is new today."\n}',
      },
      'anytime on text "stop", "unsubscribe" -> goodbye',
    ],
    ["opening hours", { statement: 'if open("off‸ice") { say "Open" }' }, 'hours: { office: "mon-fri 09:00-17:00" }'],
    [
      "opening hours beside others",
      { statement: 'if open("off‸ice") { say "Open" }', project: 'name: bot\nhours:\n  shop: "daily 08:00-12:00"\n' },
      '  shop: "daily 08:00-12:00"\n  office: "mon-fri 09:00-17:00"\n',
    ],
    ["a language", { statement: 'set contact.locale = "f‸r"' }, "locales: { default: en, others: [fr] }"],
    [
      "a language beside others",
      {
        statement: 'set contact.locale = "f‸r"',
        project: "name: bot\nlocales:\n  default: en\n  others:\n    - de\n",
      },
      "    - de\n    - fr\n",
    ],
  ])("%s", (_, bot, wanted) => {
    expect(created(bot)).toContain(wanted);
  });
});

function testOf(steps: string): string {
  return `test "t" in a {\n  user says "hi"\n${steps}}\n`;
}

describe("a translation", () => {
  const bot = (locales: Readonly<Record<string, string>>): Cursor =>
    cursorIn({
      "parley.yaml": "name: bot\nlocales: { default: en, others: [de] }\n",
      "main.flow": 'flow a {\n  on message -> b\n  state b {\n    ask "Size‸?" { option s "Small" -> end }\n  }\n}\n',
      ...locales,
    });
  const german = 'a.b:\n  option.s: "Klein"\n';

  test("is written into its place, with the text selected that is to be translated", () => {
    const { view, file, offset } = bot({ "locales/de.yaml": german });
    const [write] = refactorings(view, file, offset, offset, ["quickfix"]);
    expect(write).toMatchObject({ title: "Write the translation in locales/de.yaml", kind: "quickfix" });
    const after = applied(view, write ?? { title: "" });
    expect(after.input.locales?.[0]?.source.text).toBe(`${german}  #= "Size?"\n  body: "Size?"\n`);
    expect(write?.command?.arguments).toEqual([
      "file:///project/locales/de.yaml",
      { start: { line: 3, character: 9 }, end: { line: 3, character: 14 } },
    ]);
  });

  test("that has its place already is gone to", () => {
    const { view, file, offset } = bot({ "locales/de.yaml": `${german}  body:\n` });
    const [write] = refactorings(view, file, offset, offset, ["quickfix"]);
    expect(write?.edit).toBeUndefined();
    const end = { line: 2, character: 7 };
    expect(write?.command?.arguments).toEqual(["file:///project/locales/de.yaml", { start: end, end }]);
  });

  test("of a language without a file makes the file, from the text and from parley.yaml", () => {
    const { view, file, offset } = bot({});
    const made = refactorings(view, file, offset, offset).find(({ title }) => title.startsWith("Create"));
    expect(made?.title).toBe("Create locales/de.yaml with 2 places");
    const at = { line: 1, character: (view.project?.text.split("\n")[1] ?? "").indexOf("de]") };
    const asked = {
      textDocument: { uri: "file:///project/parley.yaml" },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    };
    const found = view.project ? missingTranslations(view, view.project, asked) : [];
    expect(found).toMatchObject([{ title: made?.title, kind: "quickfix", isPreferred: true, edit: made?.edit }]);
    expect(applied(view, found[0] ?? { title: "" }).input.locales?.[0]?.source.text).toContain('#= "Small"');
  });

  test("is offered in the locale file, with all others that are missing there", () => {
    const { view } = bot({ "locales/de.yaml": "a.b: {}\n" });
    const source = view.input.locales?.[0]?.source ?? { path: "", text: "" };
    const start = { line: 0, character: 0 };
    const asked = { textDocument: { uri: "" }, range: { start, end: start }, context: { diagnostics: [] } };
    expect(missingTranslations(view, source, asked).map(({ title }) => title)).toEqual([
      "Add 2 places to locales/de.yaml",
    ]);
    const other = { ...asked, context: { diagnostics: [], only: ["refactor"] } };
    expect(missingTranslations(view, source, other)).toEqual([]);
  });
});

test("a bot without a way to a person gets one, behind the flow that answers everybody", () => {
  const cursor = cursorIn({
    "parley.yaml": "name: bot\n",
    "main.flow": 'flow per‸son {\n  on message -> b\n\n  state b {\n    say "Hi"\n    -> end\n  }\n}\n',
  });
  const [create] = offered(cursor);
  const after = applied(cursor.view, create ?? { title: "" });
  expect(after.input.files[0]?.text).toContain("}\n\nflow person_2 {\n  anytime on text");
  expect(newFindings(cursor.view, after)).toEqual([]);
  expect(after.compilation.diagnostics).toEqual([]);
});

test("nothing is created where nobody can tell what: two asks, a name of a library, a word that is no name", () => {
  const asks = 'ask one: "Well?" { option yes "Yes" } ask two: "And?" { option no "No" }';
  expect(offered(botWith({ statement: asks, more: testOf("  user taps ma‸ybe\n") }))).toEqual([]);
  expect(offered(botWith({ statement: 'set contact.locale = "f‸rench"' }))).toEqual([]);
});

test("a name that is nearly the same comes first, and one key takes it", () => {
  const { view, file, offset } = botWith({ member: 'var names: text(9) = "x"', statement: 'say "{na‸me}"' });
  const fixes = actionsFor(view, view.compilation.diagnostics, {
    source: file.source,
    start: offset,
    end: offset,
    only: ["quickfix"],
  });
  const all = [...fixes, ...refactorings(view, file, offset, offset)].map(({ title, isPreferred }) => [
    title,
    isPreferred,
  ]);
  expect(all).toEqual([
    ["Write `names`", true],
    ["Declare the variable `name`", undefined],
  ]);
});
