/** What the tables of the rules say, row by row. */
import { findings, sentences } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { inState } from "../programs.ts";

const SETTINGS = { catalog: "1948", markets: ["IN"], business: { country: "IN", compliance: "filed" as const } };
const told = (source: string, code: string): readonly string[] =>
  sentences(source, SETTINGS).flatMap((line) => (line.startsWith(code) ? [line.slice(code.length + 1)] : []));

const TEMPLATE = 'template t() { category utility body "B" option a "A" }\n';
const TEN = Array.from({ length: 10 }, (_, i) => `option o${i} "O${i}"`).join(" ");

/** An ask of each kind, with these clauses. */
const ASKS: Readonly<Record<string, (clauses: string) => string>> = {
  ...Object.fromEntries(
    ["text", "number", "date", "phone", "url", "email", "image", "video", "audio", "document", "media", "contact"].map(
      (kind) => [kind, (clauses: string): string => `ask ${kind} "Q" { ${clauses} }`],
    ),
  ),
  buttons: (clauses) => `ask buttons "Q" { ${clauses} option a "A" }`,
  list: (clauses) => `ask list "Q" { ${clauses} option a "A" }`,
  pages: (clauses) => `ask list "Q" { ${clauses} more "M" option a "A" ${TEN} }`,
  location: (clauses) => `ask location "Q" { ${clauses} }`,
  template: (clauses) => `ask template t() { ${clauses} option a -> end }`,
  product: (clauses) => `ask product "sku" body "B" { ${clauses} }`,
  catalog: (clauses) => `ask catalog "Q" { ${clauses} }`,
  products: (clauses) => `ask products "Q" { ${clauses} product "a" }`,
  form: (clauses) => `ask form "1" body "B" { ${clauses} }`,
  address: (clauses) => `ask address "Q" country IN { ${clauses} }`,
};
const asking = (kind: string, clauses: string): string => TEMPLATE + inState(ASKS[kind]?.(clauses) ?? "");

group("headers and footers (P3014)", () => {
  const LINK = '"https://a.example/a.';
  const PARTS = {
    text: 'header "H"',
    image: `header image ${LINK}jpg"`,
    video: `header video ${LINK}mp4"`,
    document: `header document ${LINK}pdf"`,
    footer: 'footer "F"',
  };
  const ALL = "text image video document footer";
  test.each<readonly [kind: string, takes: string, where: string]>([
    ["text", "", "a text message"],
    ["number", "", "a text message"],
    ["date", "", "a text message"],
    ["phone", "", "a text message"],
    ["url", "", "a text message"],
    ["email", "", "a text message"],
    ["image", "", "a text message"],
    ["video", "", "a text message"],
    ["audio", "", "a text message"],
    ["document", "", "a text message"],
    ["media", "", "a text message"],
    ["contact", "", "a text message"],
    ["location", "", "a location request"],
    ["template", "", "an ask of a template"],
    ["product", "footer", "a product message"],
    ["catalog", "footer", "a catalog message"],
    ["products", "text footer", "a message with products"],
    ["form", ALL, "a form"],
    ["address", "text footer", "an address message"],
    ["buttons", ALL, "a message with buttons"],
    ["list", "text footer", "a list"],
    ["pages", "text footer", "a list in pages"],
  ])("an ask of the kind %s takes: %s", (kind, takes, where) => {
    const refused = Object.entries(PARTS).flatMap(([part, clause]) => {
      const found = told(asking(kind, clause), "P3014");
      for (const sentence of found) expect(sentence).toMatch(new RegExp(`^${where} has no `));
      return found.length > 0 ? [part] : [];
    });
    expect(
      Object.keys(PARTS)
        .filter((part) => !refused.includes(part))
        .join(" "),
    ).toBe(takes);
  });
});

group("clauses of asks (P1001)", () => {
  const CLAUSES = {
    option: 'option z "Z"',
    section: 'section "S" { option z "Z" }',
    for: 'for x in ["u"] { option {x} "{x}" }',
    open: 'open "O"',
    more: 'more "N"',
    empty: "empty -> end",
    fallback: "fallback numbered",
    product: 'product "b"',
    thumbnail: 'thumbnail "a"',
    gather: "gather 5s",
    after: "after 1h -> end",
  };
  const refused = (kind: string): string =>
    Object.entries(CLAUSES)
      .filter(([, clause]) => told(asking(kind, clause), "P1001").some((line) => line.includes("a clause of")))
      .map(([name]) => name)
      .join(" ");
  test.each<readonly [kind: string, refused: string]>([
    ["text", "open more empty fallback product thumbnail"],
    ["number", "open more empty fallback product thumbnail gather"],
    ["image", "open more empty fallback product thumbnail"],
    ["contact", "open more empty fallback product thumbnail"],
    ["buttons", "product thumbnail gather"],
    ["list", "product thumbnail gather"],
    ["location", "option section for open more empty fallback product thumbnail gather"],
    ["template", "section for open more empty fallback product thumbnail gather"],
    ["product", "option section for open more empty fallback product thumbnail gather"],
    ["products", "option section for open more fallback thumbnail gather"],
    ["catalog", "option section for open more empty fallback product gather"],
    ["form", "option section for more empty fallback product thumbnail gather"],
    ["address", "option section for open more empty fallback product thumbnail gather"],
  ])("an ask of the kind %s has no: %s", (kind, wanted) => expect(refused(kind)).toBe(wanted));

  test.each<readonly [inner: string, of: string, refused: boolean]>([
    ['option y "Y"', "section", false],
    ['for x in ["u"] { option {x} "{x}" }', "section", false],
    ['section "T" { option y "Y" }', "section", true],
    ['footer "F"', "section", true],
    ["after 1h -> end", "section", true],
    ['option {x} "{x}"', "for", false],
    ['section "T" { option {x} "{x}" }', "for", false],
    ['footer "F"', "for", true],
    ["junk", "for", false],
  ])("%s in a %s", (inner, of, wanted) => {
    const around = of === "section" ? `section "S" { option z "Z" ${inner} }` : `for x in ["u"] { ${inner} }`;
    const found = told(asking("list", around), "P1001").filter((line) => line.includes("a clause of"));
    expect(found.length > 0).toBe(wanted);
  });
});

group("a tap or an answer that can come again (P9003)", () => {
  const again = (ask: string): boolean =>
    findings(`action pay() once ${TEMPLATE} ${inState(`${ask} do pay() else -> end`)}`, SETTINGS).some(
      ([code]) => code === "P9003",
    );
  test.each(["location", "contact", "product", "products", "catalog", "form", "address", "buttons", "list"])(
    "is one to an ask of the kind %s",
    (kind) => expect(again(ASKS[kind]?.("") ?? "")).toBe(true),
  );
  test.each(["text", "number", "date", "phone", "url", "email", "image", "video", "audio", "document", "media"])(
    "is none to an ask of the kind %s",
    (kind) => expect(again(ASKS[kind]?.("") ?? "")).toBe(false),
  );
});

group("a way out of marketing (P9002)", () => {
  const news =
    'template news() { category marketing body "B" } flow f { on event e() -> s state s { send template news() -> end } }';
  const missing = (flow: string): boolean => findings(`${news} ${flow}`).some(([code]) => code === "P9002");
  const word = (text: string): string => `flow g { anytime on text "${text}" -> s state s { -> end } }`;
  test.each([
    "stop",
    "STOP",
    "stopp",
    "Stoppp!",
    "please stop it",
    "unsubscribe",
    "opt out",
    "opt-out",
    "opt_out",
    "optout",
    "no more",
    "baja",
    "cancelar",
    "desuscribir",
    "desuscribirme",
    "parar",
    "sair",
    "pare",
    "remover",
    "arrêt",
    "arrêter",
    "désabonner",
    "abmelden",
    "annulla",
    "disiscriv",
    "disiscrivimi",
    "afmelden",
  ])("is the word %j", (text) => expect(missing(word(text))).toBe(false));
  test.each(["stopover", "nonstop", "optXout", "bajar", "cancelara", "parara", "news", "desuscribi", "disiscri"])(
    "is not the word %j",
    (text) => expect(missing(word(text))).toBe(true),
  );
  test.each(["stop", "Unsubscribe", "opt_out", "OptOut", "goodbye", "leave_us"])("is a flow called %s", (name) => {
    expect(missing(`flow ${name} { anytime on text "x" -> s state s { -> end } }`)).toBe(false);
    expect(missing(`flow g { anytime on text "x" -> ${name} state ${name} { -> end } }`)).toBe(false);
  });
  test.each(["opt", "opt__out", "good", "news"])("is not a flow called %s", (name) => {
    expect(missing(`flow ${name} { anytime on text "x" -> s state s { -> end } }`)).toBe(true);
  });
});

group("a way to a person (P9001)", () => {
  const missing = (statements: string): boolean =>
    findings(inState(statements), { lone: false, name: "bot" }).some(([code]) => code === "P9001");
  test.each([
    'say "us@a.example"',
    'say "Write to u.s@a.b.example."',
    'say "Call 0551234"',
    'say "+39 055 123 4567"',
    'say "(055) 123-45.67"',
    'say "tel:112"',
    "send location 1, 2",
    'send contact { name: "A", phone: "+390551234567" }',
  ])("is there in %s", (statement) => expect(missing(statement)).toBe(false));
  test.each([
    'say "us at a.example"',
    'say "@a.example"',
    'say "us@a"',
    'say "us@ a.example"',
    'say "055123"',
    'say "1 a 2 b 3 c 4 d 5 e 6 f 7"',
    'say "telephone"',
    'send image "https://a.example/a.jpg"',
  ])("is not there in %s", (statement) => expect(missing(statement)).toBe(true));
});

group("markup (P3025)", () => {
  const found = (title: string): readonly string[] =>
    findings(inState(`ask buttons "Q" { option a "${title}" }`)).flatMap(([code, at]) =>
      code === "P3025" ? [at] : [],
    );
  test.each<readonly [title: string, at: string]>([
    ["*a*", "*a*"],
    ["_a_", "_a_"],
    ["~a~", "~a~"],
    ["`a`", "`a`"],
    ["```a```", "```a```"],
    ["x *a b* y", "*a b*"],
    ["(*a*)", "(*a*)".slice(1, -1)],
    ["*a*, b", "*a*"],
    ["*a* *b*", "*a*"],
    ["*a_b*", "*a_b*"],
  ])("is %s", (title, at) => expect(found(title)).toEqual([at]));
  test.each(["a*b*", "*a*b", "1*2*", "* a*", "*a *", "**", "*", "_a*", "ä*b*", "*b*ä", "*a"])("is not %s", (title) => {
    expect(found(title)).toEqual([]);
  });
});

group("requests", () => {
  const HOST = '"https://api.example/x"';
  const said = (clauses: string): readonly string[] =>
    sentences(`action a() -> text(9) ${clauses}\n${inState('let x = a() else -> end say "{x}"')}`, { env: [] })
      .filter((line) => /^P200[23]/.test(line))
      .map((line) => line.slice(6));
  test.each(["host", "Content-Length", "transfer-encoding", "Connection", "Idempotency-Key"])(
    "have no header %s of their own",
    (name) =>
      expect(said(`GET ${HOST} header "${name}" "x"`)).toEqual([`the header \`${name}\` is set for every request`]),
  );
  test.each<readonly [clauses: string, name: string]>([
    [`POST ${HOST} body { a: 1 } body { a: 2 }`, "body"],
    [`GET ${HOST} result a result b`, "result"],
    [`GET ${HOST} GET ${HOST}`, "request"],
    [`GET ${HOST} timeout 1s timeout 2s`, "timeout"],
  ])("have one of each: %s", (clauses, name) => {
    expect(said(clauses)).toEqual([`the clause \`${name}\` stands here a second time`]);
  });
  test.each([
    "https://a.example/.",
    "https://a.example/..",
    "https://a.example/./b",
    "https://a.example/b/../c",
    "https://a.example/b/..?c",
    "HTTPS://a.example/b/..#c",
  ])("have no dots in the path of %s", (url) =>
    expect(said(`GET "${url}"`)).toEqual(["a path of a request has no `.` or `..` in it"]),
  );
  test.each([
    "https://a.example/.a",
    "https://a.example/a..",
    "https://a.example/a?b=/../c",
    "https://a.example/...",
    "https://a.example/a#/..",
    "http://a.example",
  ])("may have %s", (url) => expect(said(`GET "${url}"`)).toEqual([]));
  test.each(["X-A", "x_1", "A!#$%&'*+.^`|~9"])("may have a header called %s", (name) => {
    expect(said(`GET ${HOST} header "${name}" "x"`)).toEqual([]);
  });
  test.each(["X:A", "X(A", "X/A", "Ä", ""])("have no header called %j", (name) => {
    expect(said(`GET ${HOST} header "${name}" "x"`)).toEqual([
      "the name of a header is a word without holes, such as `Authorization`",
    ]);
  });
});

group("the name of a template (P6004)", () => {
  const said = (name: string): readonly string[] =>
    told(`template ${name}() { category utility body "B" } ${inState(`send template ${name}()`)}`, "P6004");
  test.each(["a", "a1", "a_b", "_a"])("is %s", (name) => expect(said(name)).toEqual([]));
  test.each(["A", "aB", "Ab", "ä"])("is not %s", (name) => expect(said(name)).toHaveLength(1));
});
