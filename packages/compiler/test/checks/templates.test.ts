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
