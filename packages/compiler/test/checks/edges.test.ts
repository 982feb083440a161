/** What is said at the edges of the rules, whole, as in `whole.test.ts`: each program holds a rule where it begins or ends. */
import { expect, test } from "vitest";
import { ask, inState, whole } from "../programs.ts";

const SHOP = { catalog: "1948" };

const card = (media: string, body: string): string =>
  `card ${media} "https://a.example/a.${media === "image" ? "jpg" : "mp4"}" ${body} { link "L" "https://a.example/" }`;
const carousel = (...cards: readonly string[]): string => inState(`send carousel "C" { ${cards.join(" ")} }`);

test.each([
  ["of one kind, without texts", carousel(card("image", ""), card("image", ""))],
  ["of two kinds", carousel(card("image", ""), card("image", ""), card("video", ""))],
  ["with a text beside ones without", carousel(card("image", ""), card("image", 'body "B"'), card("image", ""))],
  ["without a text beside ones with", carousel(card("image", 'body "B"'), card("image", ""))],
  ["of two breaks", carousel(card("image", String.raw`body "1\n2\n3"`), card("image", 'body "B"'))],
  ["of three breaks", carousel(card("image", String.raw`body "1\n2\n3\n4"`), card("image", 'body "B"'))],
  [
    "of three breaks around a value",
    carousel(card("image", String.raw`body "1\n{contact.name ?? "A"}\n3\n4"`), card("image", 'body "B"')),
  ],
])("cards %s", (_, source) => {
  expect(whole(source, {}, /^P(3020|3026)/)).toMatchSnapshot();
});

const END = "state s { -> end }";

test.each([
  [
    "is told at the flow that answers everybody",
    `flow a { on text "a" -> s ${END} } flow b { on message -> s ${END} }`,
  ],
  [
    "is told at it, whatever else starts it",
    `flow a { on text "a" -> s ${END} } flow b { on text "b" -> s on message -> s ${END} }`,
  ],
  [
    "is told at one that something starts before one that is called",
    `flow a { state s { return } } flow b { on text "b" -> s state s { call a() -> end } }`,
  ],
  ["is told at the first, where none differs", `flow a { on text "a" -> s ${END} } flow b { on text "b" -> s ${END} }`],
  ["is not told where ways are not known", "flow a { on message -> s state s { -> nowhere } }"],
  ["is not told of a project without flows", "type C = a | b"],
  [
    "is a number with a value in it",
    'flow a { on message -> s state s { say "Call 055 {contact.name ?? "A"}123456" -> end } }',
  ],
  ["is no short number", 'flow a { on message -> s state s { say "Say 123456" -> end } }'],
  ["is no price", 'flow a { on message -> s state s { say "It is 12{contact.name ?? "A"} and 345" -> end } }'],
])("the way to a person %s", (_, source) => {
  expect(whole(source, { lone: false, name: "bot" }, /^P(1|9001)/)).toMatchSnapshot();
});

const long = (length: number): string => "x".repeat(length);
test.each([
  ["a text of several lines", ask('list "Q"', `footer """\n  ${long(61)}\n  """ option a "A"`)],
  ["a text with an emoji", ask('list "Q"', `footer "😀${long(60)}yz" option a "A"`)],
  ["a text with escapes", ask('list "Q"', String.raw`footer "\n\u{1F600}\"${long(57)}yz" option a "A"`)],
  ["a text with a value", ask('list "Q"', `footer "${long(10)}{contact.name ?? "A"}${long(52)}" option a "A"`)],
  ["a text that ends in a value", ask('list "Q"', `footer "${long(61)}{contact.name ?? "A"}" option a "A"`)],
])("beyond the limit of %s", (_, source) => {
  expect(whole(source, {}, /^P3007/).replaceAll(/x{9,}/g, (all) => `x*${all.length}`)).toMatchSnapshot();
});

test.each([
  ["what belongs to others, in a kind that does not exist", ask('txt "Q"', 'thumbnail "a" option a "A"')],
  ["`thumbnail` of a text", ask('text "Q"', 'thumbnail "a"')],
  ["a header and a footer of words", ask('text "Q"', 'header "H" footer "F"')],
  ["a picture of a list", ask('list "Q"', 'header image "https://a.example/a.jpg" option a "A"')],
  ["a video of a list", ask('list "Q"', 'header video "https://a.example/a.mp4" option a "A"')],
  ["a header of a place", ask('location "Q"', 'header "H" footer "F"')],
  ["a picture of a kind that does not exist", ask('txt "Q"', 'header image "https://a.example/a.jpg"')],
  ["a header of an ask without options", ask('"Q"', 'header "H" footer "F"')],
  ["a header of buttons without options", ask('buttons "Q"', 'header "H" footer "F"')],
  ["a header of a list without options", ask('list "Q"', 'header "H" footer "F"')],
  ["a header and a footer of a text", inState('say "A" { header "H" footer "F" }')],
  [
    "a picture of a text with a link",
    inState('say "A" { link "L" "https://a.example" header image "https://a.example/a.jpg" }'),
  ],
])("clauses: %s", (_, source) => {
  expect(whole(source, {}, /^P(1001|3014|3022)/)).toMatchSnapshot();
});

test.each([
  ["without a clause", 'ask form "1" body "B" as r'],
  ["with empty braces", 'ask form "1" body "B" as r { }'],
  ["with others", 'ask form "1" body "B" { footer "F" }'],
  ["with a clause that cannot be read", 'ask form "1" body "B" { junk }'],
  ["with it", 'ask form "1" body "B" { open "Go" }'],
])("the text that opens a form %s", (_, statement) => {
  expect(whole(inState(statement), {}, /^P3011/)).toMatchSnapshot();
});

test.each([
  ["whose type nobody knows", "a.x"],
  ["whose type stands behind a value", '{contact.name ?? "A"}.gif'],
  ["of a type that one of them takes", "a.webp"],
  ["of a type that none takes", "a.gif"],
])("links of a sticker and an image %s", (_, link) => {
  expect(
    whole(inState(`send sticker "https://a.example/${link}" send image "https://a.example/${link}"`), {}, /^P3021/),
  ).toMatchSnapshot();
});

const ring = (statements: string, more = ""): string =>
  `action act() ${more} flow f { on message -> s state s { ${statements} -> s } }`;
test.each([
  ["says something", ring('ask buttons "Q" { option a "A" } say "S"')],
  ["does something", ring('ask buttons "Q" { option a "A" } do act() else -> s')],
  ["waits", ring('ask buttons "Q" { option a "A" } wait 1h')],
  ["only waits", ring("wait 1h")],
  ["waits and says something", ring('wait 1h say "S"')],
  ["has a reminder that comes back", ring('ask buttons "Q" { option a "A" after 1h { say "R" } }')],
  ["has a word that comes back", ring('ask buttons "Q" { option a "A" else "Again" retry 2 -> s }')],
  ["has a word that leaves", ring('ask buttons "Q" { option a "A" else "Again" retry 2 -> end }')],
  ["calls a flow that returns", ring('ask buttons "Q" { option a "A" } call g()', "flow g { state s { return } }")],
  ["calls a flow that ends", ring('ask buttons "Q" { option a "A" } call g()', "flow g { state s { -> end } }")],
  ["asks a template", ring("ask template t()", 'template t() { category utility body "B" }')],
])("a ring that %s", (_, source) => {
  expect(whole(source, {}, /^P(1|500[49])/)).toMatchSnapshot();
});

test.each([
  ["of products", 'send products "P" { header "H" product "a" footer "F" }'],
  ["of products with a picture", 'send products "P" { header image "https://a.example/a.jpg" product "a" }'],
  ["of one product", 'send product "a" body "B" footer "F"'],
])("headers %s", (_, statement) => {
  expect(whole(inState(statement), SHOP, /^P(1001|3014)/)).toMatchSnapshot();
});

const shortened = (text: string): string => text.replaceAll(/(.)\1{8,}/gu, (all, one) => `${one}*${[...all].length}`);
const valued = (body: string, vars = ""): string =>
  `flow f(t: text(99) = "A", u: text(30) = "A", w: text(30) = "A", n: 0..99 = 0) { on message -> s ${vars} state s { ${body} say "{t}{u}{w}{n}" -> end } }`;
const button = (title: string): string => valued(`ask buttons "Q" { option a "${title}" }`);

test.each([
  ["alone", button("{t}")],
  ["beside words", button("A {t}")],
  ["that leaves no room", button(`${long(20)}{n}`)],
  ["that leaves room for one", button(`${long(19)}{u}`)],
  ["that is a number", button(`${long(19)}{n}`)],
  ["that is the first of two", button("{t} {n}")],
  ["that is the second of two", button("{n} {t}")],
  ["that is as long as another", button("{u} {w}")],
  ["that is not known", button("{nobody}{t}")],
  ["that is written in 30 characters", button('{clip(t + "123456789012345", 9)}{t}')],
  ["of a list's word", valued('ask list "Q" { open "{t}" option a "A" }')],
  ["of a description", valued('ask list "Q" { option a "A" "{t}" }')],
  ["of a footer", valued('ask list "Q" { footer "{t}" option a "A" }')],
  ["of a header", valued('ask list "Q" { header "{t}" option a "A" }')],
  ["that is written in 31 characters", button('{clip(t + "1234567890123456", 9)}{t}')],
])("a value %s", (_, source) => {
  expect(shortened(whole(source, {}, /^P(1|200[^1]|30)/))).toMatchSnapshot();
});

const row = (title: string, more = ""): string => valued(`ask list "Q" { option a "${title}" ${more} }`);
test.each([
  ["as long as a description", row(long(72), 'short "S"')],
  ["longer than a description", row(long(73), 'short "S"')],
  ["longer than a description by a value", row(`${long(42)}{u}A`, 'short "S"')],
  ["longer than a title by a value", row("{u}", 'short "S"')],
  ["beside a description", row(long(73), '"D" short "S"')],
  ["of a button", valued(`ask buttons "Q" { option a "${long(73)}" short "S" }`)],
  ["of more units than characters", row("😀".repeat(13), 'short "S"')],
])("a label beside a short title %s", (_, source) => {
  expect(shortened(whole(source, {}, /^P30/))).toMatchSnapshot();
});

test.each([
  ["whole words", "Quattro formaggi e funghi porcini"],
  ["spaces in a row", "Quattro   formaggi  e  funghi porcini"],
  ["a space before", " Quattro formaggi e funghi porcini"],
  ["words that just fit", "Four cheeses, 5 mushrooms"],
  ["words of 20", "Four cheeses 5 mushr and more"],
  ["one long word", "Donaudampfschifffahrtsgesellschaft"],
  ["signs that are escaped", String.raw`\"A\" \{b\} \\ and some more of it`],
  ["a value", "Four cheeses and also mushrooms {n}"],
])("the short title of %s", (_, title) => {
  expect(whole(button(title), {}, /^P3004/)).toMatchSnapshot();
});

test("a case that is a row of two asks is told once", () => {
  const type = `type C = a "${long(21)}" | b "B"`;
  const source = `${type} flow f { on message -> s var c: C? state s { ask buttons "Q" as c ask buttons "R" as c -> end } }`;
  expect(shortened(whole(source, {}, /^P3004/))).toMatchSnapshot();
});

test("an option with a title is told at it, not at its case", () => {
  const source = `type C = a "A" | b "B" flow f { on message -> s var c: C? state s { ask buttons "Q" as c { option a "${long(21)}" } -> end } }`;
  expect(shortened(whole(source, {}, /^P3004/))).toMatchSnapshot();
});

test.each([
  ["that the body has, too", ask('buttons "*A*"', 'option a "B *A*"')],
  ["around a value", ask('buttons "Q"', 'option a "B *{contact.name ?? "A"}*"')],
  ["around a value and words", ask('buttons "Q"', 'option a "B _{contact.name ?? "A"} C_"')],
  ["that is written with an escape", ask('buttons "Q"', String.raw`option a "*a\u{62}*"`)],
  ["at the beginning", ask('buttons "Q"', 'option a "*A* B"')],
])("markup %s", (_, source) => {
  expect(whole(source, {}, /^P3025/)).toMatchSnapshot();
});

const address = (country: string): string =>
  `flow f { on message -> s state s { ask address "Q" ${country} as a -> end } }`;
const seller = (markets: readonly string[], country = "IN"): object => ({
  markets,
  business: { country, compliance: "filed" },
});
test.each([
  ["of India, to India", address("country IN"), seller(["IN"])],
  ["of India, to several", address("country IN"), seller(["IN", "DE", "FR"])],
  ["of India, to others", address("country IN"), seller(["DE"])],
  ["of India, to anybody", address("country IN"), seller([])],
  ["of another country", address("country DE"), seller(["IN"])],
  ["by a business of another country", address("country IN"), seller(["IN"], "DE")],
  ["by no business", address("country IN"), { markets: ["IN"] }],
])("an address %s", (_, source, settings) => {
  expect(whole(source, settings, /^P(1|3019)/)).toMatchSnapshot();
});

const rows = (n: number): string => Array.from({ length: n }, (_, i) => `option o${i} "O ${i}"`).join(" ");
const section = (title: string, clauses: string): string => `section "${title}" { ${clauses} }`;
test.each([
  ["ten", ask('list "Q"', rows(10))],
  ["eleven", ask('list "Q"', rows(11))],
  [
    "eleven in ten sections",
    ask(
      'list "Q"',
      Array.from({ length: 10 }, (_, i) => section(`S${i}`, `option a${i} "A${i}" ${i ? "" : 'option z "Z"'}`)).join(
        " ",
      ),
    ),
  ],
  [
    "eleven in eleven sections",
    ask('list "Q"', Array.from({ length: 11 }, (_, i) => section(`S${i}`, `option a${i} "A${i}"`)).join(" ")),
  ],
  [
    "of a list that is too long",
    `action r() -> text(9)[1..11] ${inState('let l = r() else -> end ask list "Q" { for x in l { option {x} "{x}" } }')}`,
  ],
  ["beside sections of buttons", ask('buttons "Q"', `${section("S", 'option a "A"')} option b "B"`)],
  [
    "outside of sections, of a value",
    `action r() -> text(9)[1..2] ${inState(`let l = r() else -> end ask list "Q" { ${section("S", 'option a "A"')} for x in l { option {x} "{x}" } }`)}`,
  ],
  [
    "of the cases of a type",
    `type C = a "A" | b "B" | c "C" | d "D" | e "E" | f "F" | g "G" | h "H" | i "I" | j "J" | k "K" flow f { on message -> s var c: C? state s { ask list "Q" as c -> end } }`,
  ],
  [
    "of the cases of a type, with empty braces",
    `type C = a "A" | b "B" | c "C" | d "D" | e "E" | f "F" | g "G" | h "H" | i "I" | j "J" | k "K" flow f { on message -> s var c: C? state s { ask list "Q" as c {} -> end } }`,
  ],
  [
    "in a section whose title is a value",
    ask('list "Q"', `${section('{contact.name ?? "A"}', 'option a "A"')} ${section(" ", 'option b "B"')}`),
  ],
])("rows: %s", (_, source) => {
  expect(whole(source, {}, /^P(1|2|300|3012)/)).toMatchSnapshot();
});

test.each([
  ["of two", "👍❤️"],
  ["of words before one", "ok 👍"],
  ["of words", "ok"],
  ["of nothing", ""],
  ["with a value", '👍{contact.name ?? "A"}'],
  ["that is a value", '{contact.name ?? "A"}'],
])("a reaction %s", (_, emoji) => {
  expect(whole(inState(`react "${emoji}"`), {}, /^P3017/)).toMatchSnapshot();
});

test.each([
  ["a break", String.raw`"a\nb"`],
  ["a break behind a value", String.raw`"{contact.name ?? "A"}a\nb"`],
  ["a tab", String.raw`"a\tb"`],
  ["five spaces", '"a     b"'],
  ["four spaces", '"a    b"'],
  ["a value", '"{contact.name ?? "A"}"'],
])("a parameter of a template with %s", (_, value) => {
  const sends = (statement: string): string =>
    `template t(a: text(60) = "x") { category utility body "A body with {a} and words" option o "O" } ${inState(statement)}`;
  const ways = [`send template t(${value})`, `ask template t(${value}) { option o -> end }`];
  expect(ways.map((way) => whole(sends(way), {}, /^P(1|3020)/)).join("\n")).toMatchSnapshot();
});

test.each([
  ["a break", String.raw`"a\nb"`],
  ["a break beside a value", String.raw`"{contact.name ?? "A"}\nb"`],
  ["a value without a break", '"{contact.name ?? "A"} b"'],
  ["a break in a text of several lines", '"""\n  a\n  b\n  """'],
  ["a space before", '" a"'],
  ["a space after", '"a "'],
  ["a space before a value", '" {contact.name ?? "A"}"'],
  ["a space after a value", '"{contact.name ?? "A"} "'],
  ["a space after, in a text of one line in three", '"""\n  a \n  """'],
  ["nothing", '""'],
  ["a space", '" "'],
])("a title and a footer with %s", (_, text) => {
  expect(
    whole(ask('list "Q"', `footer ${text} option a ${text} option b "B"`), {}, /^P(1|3011|3020)/),
  ).toMatchSnapshot();
});

test.each([
  ["products with a header at times", 'send products "P" { header "H" when window.open product "a" }'],
  ["products without a header", 'ask products "P" as c { product "a" after 1h -> end }'],
  ["a catalog without a picture", 'send catalog "P"'],
  ["a catalog that is asked without a picture", 'ask catalog "P" as c { after 1h -> end }'],
  ["a catalog with a clause that cannot be read", 'ask catalog "P" as c { junk }'],
  ["a catalog with a picture", 'send catalog "P" thumbnail "a"'],
])("what goes with the text of %s", (_, statement) => {
  expect(
    whole(`flow f { on message -> s var c: cart state s { ${statement} -> end } }`, SHOP, /^P3026/),
  ).toMatchSnapshot();
});

const items = (clauses: string, head = ""): string =>
  `action few() -> { sku: text(20) }[..5] flow f { on message -> s var c: cart state s { let l = few() else -> end ${head} send products "P" { header "H" ${clauses} } ask products "P" as c { header "H" ${clauses} after 1h -> end } -> end } }`;
test.each([
  ["in ten sections", Array.from({ length: 10 }, (_, i) => `section "S${i}" { product "p" }`).join(" ")],
  ["in eleven sections", Array.from({ length: 11 }, (_, i) => `section "S${i}" { product "p" }`).join(" ")],
  ["in two sections without a title", 'section "" { product "a" } section " " { product "b" }'],
  ["in two sections, one of a value", 'section "{contact.name ?? "A"}" { product "a" } section "S" { product "b" }'],
  [
    "in two sections, one of a value and a space",
    'section " {contact.name ?? "A"}" { product "a" } section "S" { product "b" }',
  ],
  ["in one section without a title", 'section "" { product "a" }'],
  ["outside of a section", 'section "S" { product "a" } product "b"'],
  ["outside of all", 'product "a" product "b"'],
  ["in sections for each of a list", 'for i in l { section "{i.sku}" { product i.sku } } section "" { product "b" }'],
  ["with a clause that cannot be read", "junk"],
  ["of none", ""],
  ["of a section at times", 'section "S" when window.open { product "a" }'],
  ["of a list that can be empty", "for i in l { product i.sku }"],
])("products %s", (_, clauses) => {
  expect(whole(items(clauses), SHOP, /^P(1|30)/)).toMatchSnapshot();
});

const late = (wait: string): string => `state b { wait ${wait} say "B" -> end }`;
const RESUMED = 'flow g { anytime on event e() -> s state s { ask text "Q" wait 23h50m -> resume } }';
const ACTION = "action slow() timeout 60s";
test.each([
  [
    "a wait that an event interrupts",
    `flow f { on message -> a state a { wait 20h wait 10m say "A" -> end } } ${RESUMED}`,
  ],
  [
    "a time-out that an event interrupts",
    `flow f { on message -> a state a { ask "Q" { option x "X" -> end after 20h -> b } } ${late("10m")} } ${RESUMED}`,
  ],
  [
    "what people put off",
    `flow f { on message -> a on scheduled late() -> b state a { schedule late() in 1h handoff "q" } ${late("1h")} }`,
  ],
  ["what people had", `flow f { on message -> a state a { handoff "q" { back after 1h -> b } } ${late("1h")} }`],
  [
    "what the window bounds",
    `flow f { on message -> a on scheduled late() -> b state a { schedule late() in 1m handoff "q" } state b { if window.open { wait 23h say "B" } -> end } }`,
  ],
  [
    "what events put off",
    `${ACTION} flow f { on message -> a state a { ask text "Q" -> b } ${late("23h54m")} } flow g { anytime on event e() -> s state s { do slow() else -> resume do slow() else -> resume -> resume } }`,
  ],
  [
    "an answer that is gathered",
    `flow f { on message -> a state a { ask text "Q" { gather 60s } -> b } ${late("23h54m30s")} }`,
  ],
  [
    "what the user wrote in a called flow",
    `${ACTION} flow f { on message -> a state a { call g() -> b } ${late("23h54m")} } flow g { state s { ask text "Q" do slow() else -> end do slow() else -> end return } }`,
  ],
  ["a round that takes longer each time", `flow f { on message -> a state a { wait 1h say "A" -> a } }`],
  ["an event of the business", `flow f { on event e() -> b ${late("1m")} }`],
  ["a window that has closed", `flow f { on window_closed -> b on message -> c state c { -> end } ${late("1m")} }`],
  ["a wait that only a run knows", `flow f(d: duration = 1h) { on message -> a state a { wait d say "B" -> end } }`],
  [
    "a time-out behind another",
    `flow f { on message -> a state a { ask "Q" { option x "X" -> end after 23h { say "R" } after 25h -> c } } state c { say "C" -> end } }`,
  ],
  [
    "a way of many steps",
    `flow f { on message -> a0 ${Array.from({ length: 14 }, (_, i) => `state a${i} { wait 1h50m -> a${i + 1} }`).join(" ")} state a14 { say "Z" -> end } }`,
  ],
])("late: %s", (_, source) => {
  expect(whole(source, {}, /^P(1|4)/)).toMatchSnapshot();
});
