import { describe, expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { findings, parseText, sourceOf } from "./support.ts";

/** A flow with these lines in its only state, the first of them on line 3. */
function inState(...lines: string[]): string {
  return ["flow a {", "  state s {", ...lines.map((line) => `    ${line}`), "  }", "}"].join("\n");
}

/** A flow with these lines in the block of an ask, the first of them on line 4. */
function inAsk(...lines: string[]): string {
  return inState('ask "x" {', ...lines.map((line) => `  ${line}`), "}");
}

const STATEMENT = "expected a statement or `}`";
const CLAUSE = "expected an option, another clause of the ask, or `}`";
const DECLARATION = "expected a declaration (`flow`, `type`, `action`, `template`, `profile` or `test`)";
const TARGET = "expected the name of a state or flow, `end` or `resume`";
const ARM = "an arrow `-> …` or a block `{ … }`";

const FOREIGN: readonly (readonly [text: string, hint: string])[] = [
  ...["elif", "elseif", "elsif"].map((word) => [inState(`${word} x`), "write `else if`"] as const),
  ...["print", "reply", "message", "echo"].map((word) => [inState(`${word} x`), "`say` sends a text"] as const),
  ...["while", "loop"].map((word) => [inState(`${word} x`), "there are no loops in a state"] as const),
  ...["button", "choice", "row"].map((word) => [inAsk(`${word} x`), "options are written `option id"] as const),
  ...["default", "otherwise"].map((word) => [inAsk(`${word} x`), "any other answer is taken by `else`"] as const),
  ...["import", "include", "use"].map((word) => [`${word} x`, "there are no imports"] as const),
  ...["enum", "record", "struct", "interface"].map((word) => [`${word} x`, "types are written `type Name"] as const),
  ...["function", "def", "fn"].map((word) => [`${word} x`, "actions are declared with `action name"] as const),
];

test.each(FOREIGN)("a word of another language is told how it is said here: %j", (text, hint) => {
  expect(findings(text).join("\n")).toContain(hint);
});

const CASES: Readonly<Record<string, readonly [text: string, ...expected: string[]]>> = {
  "an arm is missing behind an option's title": [
    inAsk('option a "A" state'),
    `4:20 P1001 expected ${ARM} for the option, found \`state\``,
  ],
  "a colon behind an option's id": [
    inAsk('option a: "A" -> s', 'option b "B" -> s'),
    "4:15 P1001 expected the option's title, found `:`; nothing follows an option's id but its title",
  ],
  "an option without an id": [inAsk('option "A" -> s'), '4:14 P1001 expected the option\'s id, found the text `"A"`'],
  "a misspelt clause is read as what it means": [
    inAsk('optoin a "A" -> s', "afetr 2h -> s"),
    `4:7 P1001 ${CLAUSE}, found \`optoin\`; did you mean \`option\`?`,
    `5:7 P1001 ${CLAUSE}, found \`afetr\`; did you mean \`after\`?`,
  ],
  "a target that is missing does not swallow the next line": [
    inAsk('option a "A" ->', 'option b "B" -> s'),
    `4:22 P1001 ${TARGET}, found the end of the line`,
  ],
  "words of other languages in an ask": [
    inAsk("- first", 'button b "B"', "timeout 5m -> s", "default -> s"),
    `4:7 P1001 ${CLAUSE}, found \`-\`; options are written \`option id "title" -> state\``,
    `5:7 P1001 ${CLAUSE}, found \`button\`; options are written \`option id "title" -> state\``,
    `6:7 P1001 ${CLAUSE}, found \`timeout\`; a time-out is written \`after 2h -> state\``,
    `7:7 P1001 ${CLAUSE}, found \`default\`; any other answer is taken by \`else\``,
  ],
  "words of other languages in a state": [
    inState("goto s", "<<jump s>>", 'say: "x"', "say 'x'", "x = 5", "foo()", '"x"', "elseif x { }", "-> s;"),
    `3:5 P1001 ${STATEMENT}, found \`goto\`; \`-> name\` goes to a state`,
    `4:5 P1001 ${STATEMENT}, found \`<\`; \`-> name\` goes to a state, \`set\` assigns`,
    '5:8 P1001 expected a text in `"…"`, found `:`',
    "6:9 P1001 expected a text in `\"…\"`, found `'x'`",
    `7:5 P1001 ${STATEMENT}, found \`x\`; \`set\` assigns to a variable, \`let\` names a value`,
    `8:5 P1001 ${STATEMENT}, found \`foo\`; \`do\` calls an action, \`call\` a flow`,
    `9:5 P1001 ${STATEMENT}, found the text \`"x"\`; \`say\` sends a text`,
    `10:5 P1001 ${STATEMENT}, found \`elseif\`; write \`else if\``,
    "11:9 P1001 expected the next line, found `;`; nothing ends with a semicolon",
  ],
  "operators of other languages": [
    inState("if a && b || !c { }", "if x = 1 { }"),
    "3:10 P1001 expected `and`, found `&&`",
    "3:15 P1001 expected `or`, found `||`",
    "3:18 P1001 expected `not`, found `!`",
    "4:10 P1001 expected `{`, found `=`; `==` compares",
  ],
  "words of other languages at the top": [
    "import x\nenum Z { a }\nprofil { a: text }\n}",
    `1:1 P1001 ${DECLARATION}, found \`import\`; all files of a project share their names; there are no imports`,
    `2:1 P1001 ${DECLARATION}, found \`enum\`; types are written \`type Name = …\``,
    `3:1 P1001 ${DECLARATION}, found \`profil\`; did you mean \`profile\`?`,
    `4:1 P1001 ${DECLARATION}, found \`}\`; there is nothing open that it could close`,
  ],
  "a state that is not closed": [
    'flow a {\n  state s {\n    say "x"\n\n  state t { }\n}\nflow b { }',
    "5:3 P1001 expected `}`, found `state`",
  ],
  "an ask that is not closed": [
    'flow a {\n  state s {\n    ask "x" {\n      option a "A" -> s\n    -> s\n  }\n}',
    "5:5 P1001 expected `}`, found `->`",
  ],
  "a file that ends too early": [
    'flow a {\n  state s {\n    say "x"\n\n',
    "3:12 P1001 expected `}`, found the end of the file",
  ],
  "a block that is not opened": ["flow a\n  state s { }\n}", "1:7 P1001 expected `{`, found the end of the line"],
  "values that are missing": [
    "flow a {\n  var x\n  var y:\n  var z: text =\n  state s {\n    send image\n    send location 1\n    wait\n  }\n}",
    "2:8 P1001 expected `:` and a type, found the end of the line",
    "3:9 P1001 expected a type, found the end of the line",
    "4:16 P1001 expected a value, found the end of the line",
    "6:15 P1001 expected a value, found the end of the line",
    "7:20 P1001 expected `,` and the longitude, found the end of the line",
    "8:9 P1001 expected a value, found the end of the line",
  ],
  "steps of a test": [
    'test "x" {\n  user say "hi"\n  expect foo\n  user taps\n  advance 5\n  mock x\n  usr says "x"\n}',
    "2:8 P1001 expected `says`, `taps`, `sends`, `reacts` or `opens`, found `say`",
    "3:10 P1001 expected a kind of message, `template`, `nothing`, `state`, `that`, `call`, `end` or `handoff`, found `foo`",
    "4:12 P1001 expected an option's id, found the end of the line",
    "5:11 P1001 expected a duration such as `2h`, found the number `5`",
    "6:9 P1001 expected `=` and a value, `fails`, or `times out`, found the end of the line",
    "7:3 P1001 expected a step of the test or `}`, found `usr`; did you mean `user`?",
  ],
  "what does not chain": [
    inState("set x = a < b < c", "set y = 1 + not b", "set z = (a < b) == not c"),
    "3:19 P1001 expected the end of the comparison, found `<`; comparisons do not chain; join two of them with `and`",
    "4:17 P1001 expected a value, found `not`; `not` binds looser than this operator: put it and its operand in parentheses",
    "5:24 P1001 expected a value, found `not`; `not` binds looser than this operator: put it and its operand in parentheses",
  ],
  "texts and holes that are not closed": [
    inState('say "Hi', 'say "Hi {name"', 'say "Hi {name ?? "you"', 'say "Hi {}"', 'say "Hi {a b}"', 'say "fine"'),
    '3:9 P1002 the text is not closed: `"` is missing before the end of the line',
    "4:13 P1002 the hole in the text is not closed: `}` is missing",
    "5:13 P1002 the hole in the text is not closed: `}` is missing",
    "6:13 P1001 expected a value in the hole, found nothing; a brace itself is written `\\{`",
    "7:16 P1001 expected `}`, found `b`",
  ],
  "a block text that is not closed": [
    'flow a { state s { say """\n  hello\n',
    '1:24 P1002 the text is not closed: `"""` is missing',
    "2:8 P1001 expected `}`, found the end of the file",
  ],
  "a comment that is not closed": ["flow a { } /* x", "1:12 P1002 the comment is not closed: `*/` is missing"],
  "forms of numbers and escapes": [
    inState(
      "wait 5x",
      "wait 1h2h",
      "let y = 1.",
      "wait 5min",
      'say "\\q \\u{110000} \\u{D800}"',
      "let z = 9999999999999999",
    ),
    "3:10 P1003 `5x` is no number or duration",
    "4:10 P1003 `1h2h` is no number or duration; units come in falling order, each once: `1d2h30m`",
    "5:13 P1003 `1.` is no number or duration; a digit follows the decimal point",
    "6:10 P1003 `5min` is no number or duration; the units are w, d, h, m and s",
    '7:10 P1003 `\\q` is no escape; escapes are \\" \\\\ \\n \\t \\{ \\} and \\u{1F355}',
    "7:13 P1003 `\\u{110000}` is no escape; no character has this number",
    "7:24 P1003 `\\u{D800}` is no escape; no character has this number",
    "8:13 P1003 `9999999999999999` is no number or duration; numbers are below 1_000_000_000_000_000",
  ],
  "patterns that are not valid": [
    "flow a {\n  on text /(?=a)/, /(a)\\1/, /x{5000}/i, /a/g, /(/ -> s\n  on text /abc -> s\n}",
    "2:11 P1004 the pattern `/(?=a)/` is not valid: look-around such as `(?=…)` is not supported",
    "2:20 P1004 the pattern `/(a)\\1/` is not valid: back-references such as `\\1` are not supported",
    "2:29 P1004 the pattern `/x{5000}/i` is not valid: its repetitions make it too large",
    "2:41 P1004 the pattern `/a/g` is not valid: the only flag is `i`",
    "2:47 P1004 the pattern `/(/` is not valid: unterminated group",
    "3:11 P1004 the pattern `/abc -> s` is not valid: `/` is missing at its end",
  ],
  "words that name nothing": [
    "flow end { state resume { } state if { } var text: text var else: number }",
    "1:6 P1005 `end` is a word of the language and cannot be the name of a flow",
    "1:18 P1005 `resume` is a word of the language and cannot be the name of a state",
    "1:35 P1005 `if` is a word of the language and cannot be the name of a state",
    "1:46 P1005 `text` is a word of the language and cannot be the name of a variable or parameter",
    "1:61 P1005 `else` is a word of the language and cannot be the name of a variable or parameter",
  ],
  "letters outside ASCII in a name": [
    "flow café { }",
    "1:6 P1001 expected a name, found `café`; names are made of A-Z, a-z, 0-9 and `_`",
  ],
};

describe("each mistake is said once, in the words of the language", () => {
  test.each(Object.entries(CASES))("%s", (_, [text, ...expected]) => expect(findings(text)).toEqual(expected));
});

describe("fixes", () => {
  function fixed(text: string): string {
    const edits = parseText(text).diagnostics.flatMap((d) => d.fixes[0]?.edits ?? []);
    return [...edits]
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((t, e) => t.slice(0, e.span.start) + e.text + t.slice(e.span.end), text);
  }

  const FIXED: readonly (readonly [string, string])[] = [
    [inAsk('optoin a: "A" -> s'), inAsk('option a "A" -> s')],
    [inAsk('option a "A" s'), inAsk('option a "A" -> s')],
    [inState("goto s;"), inState("-> s")],
    [inState("say 'hi'"), inState('say "hi"')],
    [inState("say “hi”"), inState('say "hi"')],
    [inState('say "hi'), inState('say "hi"')],
    [inState('say "hi {name"'), inState('say "hi {name}"')],
    [inState("if a && b { }"), inState("if a and b { }")],
    [inState("if a = b { }"), inState("if a == b { }")],
    ["flow a { state end { } }", "flow a { state end_ { } }"],
    ["flow a { state s {", "flow a { state s {}"],
  ];

  for (const [before, after] of FIXED) {
    test(`${before.replace(/\s+/g, " ")} becomes ${after.replace(/\s+/g, " ")}`, () =>
      expect(fixed(before)).toBe(after));
  }

  test("a file mended by its fixes is clean", () => {
    expect(findings(fixed(inAsk('optoin a: "A" s', 'option b "B" -> s;')))).toEqual([]);
  });
});

test("a missing brace points to the one that is open", () => {
  const { diagnostics } = parse(sourceOf('flow a {\n  state s {\n    say "x"\n  state t { }\n}'));
  expect(diagnostics.flatMap((d) => d.related.map((r) => [r.span.start, r.message]))).toEqual([
    [19, "this block is not closed"],
  ]);
});
