import { compile, DEFAULT_SETTINGS, parseTemplates, type Settings } from "@parley/compiler";
import { applyFix } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { describe } from "../../src/diagnostics/report.ts";
import { spanText } from "../../src/text/source.ts";

const SEND = (args = ""): string =>
  `flow f { on event e() -> s state s { send template t(${args}) handoff "people" } on message -> s }`;

type Found = readonly [code: string, at: string, message: string];

function diagnosticsOf(text: string, settings: Partial<Settings> = {}, listed?: unknown) {
  const templates =
    listed === undefined ? {} : { templates: parseTemplates({ path: "templates.json", text: JSON.stringify(listed) }) };
  const files = [{ path: "main.flow", text }];
  return compile({ settings: { ...DEFAULT_SETTINGS, ...settings }, files, ...templates }).diagnostics;
}

function found(text: string, settings: Partial<Settings> = {}, listed?: unknown): readonly Found[] {
  return diagnosticsOf(text, settings, listed).map((d) => [d.code, spanText(d.span), describe(d)]);
}

/** A template with these clauses and parameters, sent once. */
function declared(clauses: string, params = "", args = "", head = "category utility locales en"): readonly Found[] {
  return found(`template t(${params}) { ${head} ${clauses} } ${SEND(args)}`);
}

const messages = (all: readonly Found[]): readonly string[] => all.map(([code, , message]) => `${code} ${message}`);
const x = (count: number): string => "x".repeat(count);
const BODY = `body "Your order is ready."`;
const NAMED = `body "Hello {n}, your order is ready."`;
const ONE = [`n: text(20) = "a"`, `"b"`] as const;

group("P6004", () => {
  test("a template that keeps to all limits is not mentioned", () => {
    const options = Array.from({ length: 8 }, (_, i) => `option o${i} "${i}${x(24)}"`).join(" ");
    const links = `link "${x(25)}" "https://x.example/{n}" link "B" "https://x.example/"`;
    expect(declared(`header "${x(40)}{n}" ${NAMED} footer "${x(60)}" ${options} ${links}`, ...ONE)).toEqual([]);
    expect(declared(`header image "https://x.example/a.png" ${BODY}`)).toEqual([]);
    expect(declared(`header video f ${BODY}`, `f: media`, `"https://x.example/a.mp4"`)).toEqual([]);
  });

  test.each([
    [`header "${x(61)}" ${BODY}`, "the header has 61 characters, WhatsApp allows 60"],
    [`header "A\\nB" ${BODY}`, "a line break in the header"],
    [`body "${x(1025)}"`, "the body has 1025 characters, WhatsApp allows 1024"],
    [`${BODY} footer "${x(61)}"`, "the footer has 61 characters, WhatsApp allows 60"],
    [`${BODY} option a "${x(26)}"`, "the title of the button has 26 characters, WhatsApp allows 25"],
    [`${BODY} link "${x(26)}" "https://x.example"`, "the title of the button has 26 characters, WhatsApp allows 25"],
    [`${BODY} link "A" "https://x.example/${x(2000)}"`, "the link has 2018 characters, WhatsApp allows 2000"],
    [
      `${BODY} ${Array.from({ length: 11 }, (_, i) => `option o${i} "O${i}"`).join(" ")}`,
      "11 buttons, WhatsApp allows 10",
    ],
    [`${BODY} ${[1, 2, 3].map((i) => `link "L${i}" "https://x.example"`).join(" ")}`, "3 links, WhatsApp allows 2"],
    [`${BODY} option a "Yes" option b "Yes"`, 'two buttons are called "Yes"'],
    [
      `${BODY} option a "A" link "L" "https://x.example" option b "B"`,
      "`b` stands between links: quick replies stand together",
    ],
    [`header "A" header "B" ${BODY}`, "2 headers, WhatsApp allows 1"],
    [`footer "A"`, "the body of the template is missing"],
  ])("%s", (clauses, message) => {
    expect(messages(declared(clauses))).toEqual([`P6004 ${message}`]);
  });

  test.each([
    [`body "{n} is ready, come and get it."`, "the body begins with a parameter"],
    [`body "Come and get it, it is {n}"`, "the body ends with a parameter"],
    [`body "Your {n} is {n}{n} as said before now."`, "two parameters stand side by side in the body"],
    [`body "Your {n} is {n} {n} as said before now."`, "two parameters stand side by side in the body"],
    [`body "Ready: {n}, thanks."`, "2 words beside 1 parameter, WhatsApp asks for 3"],
    [`${NAMED} footer "Of {n}"`, "the footer has a parameter"],
    [`${NAMED} option a "The {n}"`, "the title of the button has a parameter"],
    [`header "{n} and {n}" ${NAMED}`, "2 parameters in the header, WhatsApp allows 1"],
    [`${NAMED} link "A" "https://x.example/{n}/b"`, "a parameter of a link stands at its end"],
    [`${NAMED} link "A" "https://x.example/{n}{n}"`, "2 parameters in a link, WhatsApp allows 1"],
    [
      `header "The order of {n}, which we baked for you: yes" ${NAMED}`,
      "the header can have 62 characters (42 written + 20 for n: text(20)), WhatsApp allows 60",
    ],
  ])("with a parameter: %s", (clauses, message) => {
    expect(messages(declared(clauses, ...ONE))).toEqual([`P6004 ${message}`]);
  });

  test("names are of lower-case letters, digits and `_`", () => {
    const text = `template Ready(firstName: text(9) = "A") { category utility locales en body "Hello {firstName}, it is ready." } ${SEND('"b"').replace("template t", "template Ready")}`;
    expect(messages(found(text))).toEqual([
      "P6004 `Ready` cannot be the name of a template: WhatsApp takes lower-case letters, digits and `_`",
      "P6004 `firstName` cannot be a parameter of a template: WhatsApp takes lower-case letters, digits and `_`",
    ]);
  });

  test("a category that cannot be declared is refused, with a repair", () => {
    const text = `template t() { category authentication locales en ${BODY} } ${SEND()}`;
    const [d] = diagnosticsOf(text);
    expect(d && describe(d)).toBe(
      "the category of a template that is declared here is `utility` or `marketing`, this is `authentication`",
    );
    expect(d?.fixes.map((fix) => fix.title)).toEqual(["Write `utility`"]);
    const [fix] = d?.fixes ?? [];
    expect(fix && found(applyFix(text, fix))).toEqual([]);
  });
});

group("texts of templates hold parameters and nothing else", () => {
  test.each([
    [`body "Hello {upper(n)}, your order is ready."`, "upper(n)"],
    [`body "Hello {n ?? n}, your order is ready."`, "n ?? n"],
    [`header "{clip(n, 4)}" ${NAMED}`, "clip(n, 4)"],
    [`${NAMED} link "A" "https://x.example/{upper(n)}"`, "upper(n)"],
  ])("%s", (clauses, at) => {
    expect(declared(clauses, ...ONE).map(([code, where]) => [code, where])).toContainEqual(["P2003", at]);
  });

  test("the file of a header is a link without holes, or a parameter", () => {
    const codes = (value: string): readonly string[] =>
      declared(`header image ${value} ${NAMED}`, ...ONE).map(([code, , message]) => `${code} ${message}`);
    expect(codes(`"https://x.example/{n}.png"`)).toEqual([
      "P2003 the file of a template's header is a link without holes, or a parameter",
    ]);
    expect(codes(`"x.png"`)).toEqual([expect.stringContaining("P3021")]);
  });

  test("links that are given for parameters are web addresses", () => {
    const params = `f: url = "https://x.example/a.png"`;
    expect(declared(`header image f ${BODY}`, params, `"a.png"`).map(([code, at]) => [code, at])).toEqual([
      ["P3021", '"a.png"'],
    ]);
    expect(declared(`header image f ${BODY}`, `f: url = "a.png"`, `"https://x.example/b.png"`)[0]?.[0]).toBe("P3021");
  });
});

group("P6003", () => {
  const text = `template t() { category utility locales es ${BODY} } ${SEND()}`;
  const others = { locales: { default: "en", others: ["pt_BR"], dir: "locales" } };

  test("a language of the bot, or one that it falls back to, is among the template's", () => {
    expect(messages(found(text))).toEqual([
      "P6003 the template `t` is not available in `en`, nor in what that falls back to; it is in `es`",
    ]);
    expect(found(text.replace("locales es", "locales en, es"))).toEqual([]);
    expect(found(text.replace("locales es", "locales en"), others).filter(([code]) => code === "P6003")).toEqual([]);
  });

  test("the repair adds the language", () => {
    const [fix] = diagnosticsOf(text)[0]?.fixes ?? [];
    expect(fix && applyFix(text, fix)).toContain("locales es, en");
    expect(fix && found(applyFix(text, fix))).toEqual([]);
  });

  test("of a listed template it is told where that is sent", () => {
    expect(found(SEND(), {}, [entry({ language: "de" })]).map(([code, at]) => [code, at])).toEqual([["P6003", "t"]]);
  });
});

function entry(more: Record<string, unknown> = {}): Record<string, unknown> {
  const components = [{ type: "BODY", text: "Your order is ready." }];
  return { name: "t", language: "en", status: "APPROVED", category: "UTILITY", components, ...more };
}

group("listed templates", () => {
  test("one that is approved is sent by its name, with a value for each variable", () => {
    expect(found(SEND(), {}, [entry()])).toEqual([]);
    const two = entry({ components: [{ type: "BODY", text: "Hi {{1}}, your order {{2}} is ready." }] });
    expect(found(SEND('"A", "2"'), {}, [two])).toEqual([]);
    expect(messages(found(SEND('"A"'), {}, [two]))).toEqual([
      "P6002 the template `t` has 2 parameters (body_1, body_2), here is 1",
    ]);
  });

  test.each([
    [
      { status: "REJECTED", rejected_reason: "TAG_CONTENT_MISMATCH" },
      "it is rejected (tag content mismatch) in the file of templates",
    ],
    [{ status: "PAUSED" }, "it is paused in the file of templates"],
    [
      {
        components: [
          { type: "BODY", text: "B" },
          { type: "BUTTONS", buttons: [{ type: "ORDER_DETAILS", text: "Pay" }] },
        ],
      },
      "it has a button of the kind `ORDER_DETAILS`, which the bot cannot fill",
    ],
    [
      { components: [{ type: "HEADER", format: "GIF" }] },
      "it has a header of the kind `GIF`, which the bot cannot fill",
    ],
    [
      { components: [{ type: "BODY", text: "{{1}} {{name}} x" }] },
      "some of its variables are numbers and some are names",
    ],
  ])("one that cannot be sent is P6001 where it is sent: %j", (more, problem) => {
    const args = JSON.stringify(more).includes("{{name}}") ? '"a", "b"' : "";
    const all = found(SEND(args), {}, [entry(more)]);
    expect(messages(all)).toContain(`P6001 the template \`t\` cannot be sent: ${problem}`);
    expect(found(inMain, {}, [entry(more)]).filter(([code]) => code.startsWith("P6"))).toEqual([]);
  });

  const inMain = `flow f { on message -> s state s { handoff "people" } }`;

  test("P9002 and P5006 say nothing of those that this bot does not send", () => {
    expect(found(inMain, {}, [entry({ category: "MARKETING" })])).toEqual([]);
  });

  test("a value that is too long beside the written text is refused", () => {
    const long = entry({ components: [{ type: "BODY", text: `${x(1000)} {{1}} x` }] });
    expect(found(SEND(`"${x(21)}"`), {}, [long]).map(([code]) => code)).toEqual([]);
    expect(found(SEND(`"${x(22)}"`), {}, [long]).map(([code]) => code)).toEqual(["P2003"]);
  });
});

group("a template that is declared and listed", () => {
  const text = `template t() { category utility locales en header "H" ${BODY} option yes "Yes" link "L" "https://x.example/" } ${SEND()}`;
  const BUTTONS = [
    { type: "QUICK_REPLY", text: "Yes" },
    { type: "URL", text: "L", url: "https://x.example/" },
  ];
  const listed = (header: unknown, body: string, buttons: readonly unknown[], more = {}): readonly unknown[] => [
    entry({ components: [header, { type: "BODY", text: body }, { type: "BUTTONS", buttons }], ...more }),
  ];
  const H = { type: "HEADER", format: "TEXT", text: "H" };
  const B = "Your order is ready.";

  test("says nothing where the two are the same", () => {
    expect(found(text, {}, listed(H, B, BUTTONS))).toEqual([]);
  });

  test.each([
    [
      listed(H, "Your order is here.", BUTTONS),
      `P6005 the body of the template \`t\` is "${B}" here and "Your order is here." where it is approved`,
    ],
    [
      listed(H, B, BUTTONS, { category: "MARKETING" }),
      'P6005 the category of the template `t` is "utility" here and "marketing" where it is approved',
    ],
    [
      listed(H, B, [{ type: "QUICK_REPLY", text: "Yep" }, BUTTONS[1]]),
      'P6005 the title of button 1 of the template `t` is "Yes" here and "Yep" where it is approved',
    ],
    [
      listed({ type: "HEADER", format: "IMAGE" }, B, BUTTONS),
      'P6002 the header of the template `t` is "H" here and image where it is approved',
    ],
    [
      listed(H, "Your {{1}} is ready.", BUTTONS),
      `P6002 the body of the template \`t\` is "${B}" here and "Your {{1}} is ready." where it is approved`,
    ],
    [
      listed(H, B, BUTTONS.slice(1)),
      'P6002 the list of buttons of the template `t` is "reply Yes, url L" here and "url L" where it is approved',
    ],
    [
      listed(H, B, BUTTONS, { status: "REJECTED" }),
      "P6001 the template `t` cannot be sent: it is rejected in the file of templates",
    ],
  ])("is told where they differ", (other, message) => {
    expect(messages(found(text, {}, other))).toEqual([message]);
  });
});

group("a declared template beside its entry, by its parts", () => {
  const beside = (
    clauses: string,
    components: readonly unknown[],
    more = {},
    params = "",
    args = "",
  ): readonly Found[] =>
    found(`template t(${params}) { locales en ${clauses} } type T = { a: text(9) } ${SEND(args)}`, {}, [
      entry({ components, ...more }),
    ]).filter(([code]) => code.startsWith("P6"));
  const BODIES = { type: "BODY", text: "Your order is ready." };
  const one = ['n: text(20) = "a"', '"b"'] as const;

  test("is a utility where it says nothing of its category", () => {
    expect(beside(BODY, [BODIES])).toEqual([]);
    expect(beside(`category utility ${BODY}`, [BODIES])).toEqual([]);
    expect(beside(`${BODY} category marketing`, [BODIES], { category: "MARKETING" })).toEqual([]);
  });

  test.each<readonly [part: string, clauses: string, components: readonly unknown[], message: string]>([
    [
      "a footer that is missing here",
      BODY,
      [BODIES, { type: "FOOTER", text: "Bye" }],
      'P6005 the footer of the template `t` is missing here and "Bye" where it is approved',
    ],
    [
      "another footer",
      `${BODY} footer "Hi"`,
      [BODIES, { type: "FOOTER", text: "Bye" }],
      'P6005 the footer of the template `t` is "Hi" here and "Bye" where it is approved',
    ],
    [
      "a header of another kind",
      `header image "https://x.example/a.png" ${BODY}`,
      [{ type: "HEADER", format: "VIDEO" }, BODIES],
      "P6002 the header of the template `t` is image here and video where it is approved",
    ],
    [
      "a link to elsewhere",
      `${BODY} link "L" "https://x.example/a"`,
      [BODIES, { type: "BUTTONS", buttons: [{ type: "URL", text: "L", url: "https://x.example/b" }] }],
      'P6005 the link of button 1 of the template `t` is "https://x.example/a" here and "https://x.example/b" where it is approved',
    ],
  ])("says of %s", (_, clauses, components, message) => {
    expect(messages(beside(clauses, components))).toEqual([message]);
  });

  test("says nothing where all of it is the same, values too", () => {
    const components = [
      { type: "HEADER", format: "TEXT", text: "Dear {{n}}" },
      { type: "BODY", text: "Hello {{n}}, your order is ready." },
      { type: "FOOTER", text: "Bye" },
      { type: "BUTTONS", buttons: [{ type: "URL", text: "L", url: "https://x.example/{{1}}" }] },
    ];
    const clauses = `category utility header "Dear {n}" ${NAMED} footer "Bye" link "L" "https://x.example/{n}"`;
    const named = { parameter_format: "NAMED" };
    expect(beside(clauses, components, named, ...one).filter(([code]) => code === "P6005")).toEqual([]);
  });

  test("a title that is not written is missing, and is no other", () => {
    const components = [BODIES, { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "yes" }] }];
    expect(messages(beside(`category utility ${BODY} option yes`, components))).toContain(
      "P6004 the title of the button is missing",
    );
  });

  test("shows the entry, for each that it tells", () => {
    const text = `template t() { locales en ${BODY} } ${SEND()}`;
    const shown = (more: object): readonly unknown[] =>
      diagnosticsOf(text, {}, [entry({ ...more })]).map(({ code, related, args }) => [
        code,
        related.map((r) => r.message),
        args["wanted"],
        args["count"],
      ]);
    expect(shown({ status: "PAUSED" })).toEqual([["P6001", ["this is its entry"], undefined, undefined]]);
    expect(shown({ category: "MARKETING" })).toEqual([["P6005", ["this is its entry"], undefined, undefined]]);
    const withValue = [{ type: "BODY", text: "Your {{1}} order is ready." }];
    expect(shown({ components: withValue })).toEqual([["P6002", ["this is its entry"], 1, 0]]);
  });

  test("says nothing of a language in which it is not approved", () => {
    const text = `template t() { locales en ${BODY} } ${SEND()}`;
    const other = [entry({ language: "de", components: [{ type: "BODY", text: "Fertig." }] })];
    expect(found(text, {}, other).filter(([code]) => code === "P6005" || code === "P6002")).toEqual([]);
  });

  test("a file with other declarations, and one of the name alone, say nothing", () => {
    expect(found(`type T = { a: text(9) } ${SEND()}`, {}, [entry()]).filter(([code]) => code.startsWith("P6"))).toEqual(
      [],
    );
  });
});

group("P9002 of listed templates", () => {
  const marketing = [entry({ category: "MARKETING" })];
  const ask =
    'flow f { on event e() -> s on message -> s state s { ask template t() { after 1h -> end } handoff "q" } }';
  const codes = (text: string, listed: readonly unknown[]): readonly string[] =>
    found(text, {}, listed)
      .map(([code]) => code)
      .filter((code) => code === "P9002");

  test("is told where the bot sends one", () => expect(codes(SEND(), marketing)).toEqual(["P9002"]));
  test("is told where the bot asks with one", () => {
    const buttons = { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Yes" }] };
    const listed = [entry({ category: "MARKETING", components: [{ type: "BODY", text: "B" }, buttons] })];
    expect(codes(ask, listed)).toEqual(["P9002"]);
  });
  test("is not told of one that it does not send", () => {
    const two = [entry(), entry({ name: "news", category: "MARKETING" })];
    expect(codes(SEND(), two)).toEqual([]);
  });
  test("is not told of one that is none", () => expect(codes(SEND(), [entry()])).toEqual([]));
});

group("P6003 at its edges", () => {
  const declared = (locales: string): string =>
    `template t() { category utility locales ${locales} ${BODY} } ${SEND()}`;
  const speaking = (...others: readonly string[]): Partial<Settings> => ({
    locales: { default: "en", others, dir: "locales" },
  });
  const told = (text: string, settings: Partial<Settings>, listed?: unknown): readonly unknown[] =>
    diagnosticsOf(text, settings, listed)
      .filter(({ code }) => code === "P6003")
      .map(({ args, fixes }) => [args["locale"], fixes.map(({ title, safe }) => [title, safe])]);

  test("a language stands for its regions", () => {
    expect(told(declared("en, pt"), speaking("pt_BR"))).toEqual([]);
    expect(told(declared("pt"), speaking("pt_BR"))).toEqual([["en", [["Add `en`", false]]]]);
  });
  test("a region is none for another", () => {
    expect(told(declared("pt_PT"), speaking("pt_BR"))).toEqual([
      ["en", [["Add `en`", false]]],
      ["pt_BR", [["Add `pt_BR`", false]]],
    ]);
  });
  test("a language that could not be read is any", () => {
    expect(told(`template t() { category utility ${BODY} locales } ${SEND()}`, speaking())).toEqual([]);
  });
  test("a template that is asked is told there, without a repair", () => {
    const ask =
      'flow f { on event e() -> s on message -> s state s { ask template t() { after 1h -> end } handoff "q" } }';
    expect(told(ask, speaking(), [entry({ language: "de" })])).toEqual([["en", []]]);
    expect(told(SEND(), speaking("fr"), [entry({ language: "de" })])).toEqual([
      ["en", []],
      ["fr", []],
    ]);
  });
});

group("options that tests name", () => {
  const asks = (head: string, name: string, more = ""): readonly string[] =>
    found(`${more} flow f { on message -> s state s { ${head} -> end } } test "t" { user says "x" user taps ${name} }`)
      .filter(([code]) => code === "P2001")
      .map(([, at]) => at);
  const buttons = 'ask buttons "Q" { option a "A" }';
  test.each<readonly [what: string, head: string, name: string, more: string, told: readonly string[]]>([
    ["one of an ask", buttons, "a", "", []],
    ["one of none", buttons, "b", "", ["b"]],
    ["one behind another clause", 'ask buttons "Q" { footer "F" option b "B" }', "b", "", []],
    ["one of the second ask", `${buttons} ask r: buttons "R" { option b "B" }`, "b", "", []],
    [
      "any where one of two is a value",
      'ask list "Q" { option a "A" for x in ["u"] { option {x} "{x}" } }',
      "b",
      "",
      [],
    ],
    ["one of a section", 'ask list "Q" { section "S" { option b "B" } }', "b", "", []],
    ["a button of a template", buttons, "t1", `template t() { category utility ${BODY} option t1 "T" }`, []],
    ["what a template does not have", buttons, "t2", `template t() { category utility ${BODY} option t1 "T" }`, ["t2"]],
  ])("%s", (_, head, name, more, told) => expect(asks(head, name, more)).toEqual(told));

  test("a case of the type that an ask fills", () => {
    const text = (name: string): readonly string[] =>
      found(
        `type C = one "1" | two "2" flow f { on message -> s var c: C? state s { ask buttons "Q" as c -> end } } test "t" { user says "x" user taps ${name} }`,
      )
        .filter(([code]) => code === "P2001")
        .map(([, at]) => at);
    expect(text("two")).toEqual([]);
    expect(text("six")).toEqual(["six"]);
  });
});

group("P6004 at its limits", () => {
  const told = (clauses: string, params = "", args = "", name = "t"): readonly string[] =>
    messages(
      found(
        `template ${name}(${params}) { category utility locales en ${clauses} } ${SEND(args).replace("t(", `${name}(`)}`,
      ),
    )
      .filter((line) => line.startsWith("P6004"))
      .map((line) => line.slice("P6004 ".length));
  const short = ['n: text(1) = "a"', '"b"'] as const;
  const two = ['n: text(20) = "a", m: text(20) = "a"', '"b", "c"'] as const;

  test.each<readonly [what: string, told: () => readonly string[], wanted: readonly string[]]>([
    ["a name as long as can be", () => told(BODY, "", "", x(512)), []],
    ["a longer name", () => told(BODY, "", "", x(513)), ["the name has 513 characters, WhatsApp allows 512"]],
    ["a value in the footer", () => told(`${NAMED} footer "F {n}"`, ...ONE), ["the footer has a parameter"]],
    [
      "a file in the header, however long its link",
      () => told(`header image "https://x.example/${x(99)}.png" ${BODY}`),
      [],
    ],
    [
      "a body that is a value",
      () => told('body "{n}"', ...ONE),
      expect.arrayContaining(["the body begins with a parameter"]),
    ],
    ["a body without words", () => told('body "!"'), []],
    ["words at both sides of a value", () => told('body "a{n}b c"', ...ONE), []],
    [
      "two values and four words",
      () => told('body "a {n} b {m} c d"', ...two),
      ["4 words beside 2 parameters, WhatsApp asks for 5"],
    ],
    ["two values and five words", () => told('body "a {n} b {m} c d e"', ...two), []],
    ["one value twice and four words", () => told('body "a {n} b {n} c d"', ...ONE), []],
    ["a body as long as can be with a variable", () => told(`body "a b ${x(1012)} {n} c"`, ...short), []],
    [
      "a longer body with a variable",
      () => told(`body "a b ${x(1013)} {n} c"`, ...short),
      ["the body has 1025 characters, WhatsApp allows 1024"],
    ],
    [
      "a value that is not known",
      () => told(`body "a b ${x(990)} {n} and {nobody} c"`, 'n: text(40) = "a"', '"b"'),
      [],
    ],
    [
      "a break beside a value",
      () => told(String.raw`header "A\n{n}" ${NAMED}`, ...ONE),
      ["a line break in the header"],
    ],
    [
      "a break in the title of a button",
      () => told(String.raw`${BODY} option a "A\nB"`),
      ["a line break in the title of the button"],
    ],
    [
      "a blank title of a button",
      () => told(`${BODY} option a " " option b " "`),
      ["the title of the button is missing", "the title of the button is missing"],
    ],
    ["a link as long as can be", () => told(`${BODY} link "A" "https://x.example/${x(1982)}"`), []],
    [
      "a link as long as can be with a variable",
      () => told(`${NAMED} link "A" "https://x.example/${x(1977)}{n}"`, ...ONE),
      [],
    ],
    [
      "a longer link with a variable",
      () => told(`${NAMED} link "A" "https://x.example/${x(1978)}{n}"`, ...ONE),
      ["the link has 2001 characters, WhatsApp allows 2000"],
    ],
    ["links between quick replies", () => told(`${BODY} option a "A" option b "B" link "L" "https://x.example"`), []],
    ["quick replies behind links", () => told(`${BODY} link "L" "https://x.example" option a "A" option b "B"`), []],
  ])("%s", (_, lines, wanted) => expect(lines()).toEqual(wanted));
});
