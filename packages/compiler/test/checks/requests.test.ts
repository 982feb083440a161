import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { analyse, findings, sentences } from "@parley/compiler/testing";
import { describe, expect, test } from "vitest";
import { spanText } from "../../src/text/source.ts";

const SETTINGS = { env: ["BASE", "TOKEN"] };
const HOST = `"https://api.example/x"`;

/** A program in which an action with these clauses is called. */
function action(clauses: string, head = "a(q: text(20)) -> text(9)"): string {
  const call = head.includes("->") ? `let x = a("q") else -> end say "{x}"` : `do a("q") else -> end`;
  return `action ${head}\n${clauses}\nflow f { on message -> s state s { ${call} -> end } }`;
}

const told = (source: string): readonly string[] =>
  sentences(source, SETTINGS).filter((line) => !/^P(5|9001)/.test(line));

describe("an action that is a request", () => {
  test.each([
    `GET ${HOST} result data.items[0].name`,
    `GET "https://api.example:8443/x?q={q}" header "X-A" "1" header "X-B" "{env.TOKEN}"`,
    `POST "{env.BASE}/x/{q}" body { q: q, at: now(), n: random(3) }`,
    `PUT "{env.BASE}?q={q}" body [q] once timeout 5s`,
    `GET "{env.BASE}"`,
    `GET "https://api.example"`,
    `GET "http://api.example?q={q}"`,
    `GET ${HOST} timeout 60s`,
    `POST ${HOST} once once`,
    `GET ${HOST} header "X" "{q}é"`,
  ])("%s is fine", (clauses) => {
    expect(told(action(clauses))).toEqual([]);
  });

  test.each([
    [
      `GET "ftp://api.example/x"`,
      "P2003 the address of a request begins with `https://` and a host, or with `{env.NAME}`",
    ],
    [`GET "/x"`, "P2003 the address of a request begins with `https://` and a host, or with `{env.NAME}`"],
    [
      `GET "https://user:word@api.example/"`,
      "P2003 the address of a request begins with `https://` and a host, or with `{env.NAME}`",
    ],
    [
      `GET "https://{q}.example/x"`,
      "P2003 the address of a request begins with `https://` and a host, or with `{env.NAME}`",
    ],
    [
      `GET "https://api.example {q}"`,
      "P2003 the address of a request begins with `https://` and a host, or with `{env.NAME}`",
    ],
    [`GET "https://api.example{q}"`, "P2003 a value cannot be a part of the host that a request goes to"],
    [
      `GET "{q}/x"`,
      "P2003 the address of a request begins with `https://` and a host that is written out, or with `{env.NAME}`",
    ],
    [`GET "{env.BASE}{q}"`, "P2003 behind a base address from `env` a request goes on with `/` or `?`"],
    [`GET "{env.BASE}x/{q}"`, "P2003 behind a base address from `env` a request goes on with `/` or `?`"],
    [`GET ""`, "P2003 a request needs an address"],
    [
      `GET "to https://api.example/"`,
      "P2003 the address of a request begins with `https://` and a host, or with `{env.NAME}`",
    ],
    [`GET "https://api.example/../x"`, "P2003 a path of a request has no `.` or `..` in it"],
    [`GET ${HOST} body { q: q }`, "P2003 a `GET` request has no body"],
    [`GET ${HOST} infallible`, "P2003 a request can fail, so its action is not `infallible`"],
    [`GET ${HOST} header "Host" "x"`, "P2003 the header `Host` is set for every request"],
    [`POST ${HOST} header "idempotency-key" "x"`, "P2003 the header `idempotency-key` is set for every request"],
    [`GET ${HOST} header "X {q}" "x"`, "P2003 the name of a header is a word without holes, such as `Authorization`"],
    [`GET ${HOST} header "X{q}" "x"`, "P2003 the name of a header is a word without holes, such as `Authorization`"],
    [`GET ${HOST} header "{q}" "x"`, "P2003 the name of a header is a word without holes, such as `Authorization`"],
    [`GET ${HOST} header "X Y" "x"`, "P2003 the name of a header is a word without holes, such as `Authorization`"],
    [`GET ${HOST} header " X" "x"`, "P2003 the name of a header is a word without holes, such as `Authorization`"],
    [`GET ${HOST} header "X " "x"`, "P2003 the name of a header is a word without holes, such as `Authorization`"],
    [`GET ${HOST} header "X" "{q} Ж"`, "P2003 a header has no line breaks and no characters beyond Latin-1"],
    [`GET ${HOST} timeout 61s`, "P2003 the longest time-out of an action is 60s: a user waits for it"],
    [
      `GET ${HOST} header "X" "{contact.id}"`,
      "P2003 a request does not see `contact`, only its parameters and `env`: hand it over as a parameter",
    ],
    [`GET ${HOST} header "X" "a\\nb"`, "P2003 a header has no line breaks and no characters beyond Latin-1"],
    [`GET ${HOST} header "X" "1" header "x" "2"`, "P2002 the header `x` stands here a second time"],
    [`GET ${HOST} timeout 2m`, "P2003 the longest time-out of an action is 60s: a user waits for it"],
    [`GET ${HOST} timeout 0s`, "P2003 no action is done in no time"],
    [`GET ${HOST} timeout 2s timeout 3s`, "P2002 the clause `timeout` stands here a second time"],
    [`GET ${HOST} GET ${HOST}`, "P2002 the clause `request` stands here a second time"],
    [`GET ${HOST} result a result b`, "P2002 the clause `result` stands here a second time"],
    [
      `GET "https://api.example/{contact.id}"`,
      "P2003 a request does not see `contact`, only its parameters and `env`: hand it over as a parameter",
    ],
    [
      `POST ${HOST} body { x: reply }`,
      "P2003 a request does not see `reply`, only its parameters and `env`: hand it over as a parameter",
    ],
  ])("%s is not", (clauses, message) => {
    expect(told(action(clauses)).filter((line) => !line.startsWith("P2004"))).toEqual([message]);
  });

  test("that begins with what a user says is refused for both reasons", () => {
    expect(told(action(`GET "{contact.id}/x"`))).toEqual([
      "P2003 the address of a request begins with `https://` and a host that is written out, or with `{env.NAME}`",
      "P2003 a request does not see `contact`, only its parameters and `env`: hand it over as a parameter",
    ]);
  });

  test("says of a clause that stands there twice where the first is", () => {
    const twice = `GET ${HOST} header "X" "1" header "x" "2" timeout 2s timeout 3s`;
    const seen = analyse(action(twice), SETTINGS).diagnostics.flatMap(({ related }) =>
      related.map(({ span, message }) => `${spanText(span)}: ${message}`),
    );
    expect(seen).toEqual(['header "X" "1": `x` stands here first', "timeout 2s: `timeout` stands here first"]);
  });

  test("has a result where it says where that is", () => {
    expect(told(action(`GET ${HOST} result data`, "a(q: text(20))"))).toEqual([
      "P2003 `result` says where the result is, and the action declares none (`-> TYPE`)",
    ]);
  });

  test.each(["header", "body", "result"])("is what `%s` belongs to", (word) => {
    const clause = { header: `header "X" "1"`, body: "body { q: q }", result: "result data" }[word] ?? "";
    expect(told(action(clause))).toEqual([
      `P2003 \`${word}\` belongs to a request, and this action has none (\`GET\`, \`POST\` or \`PUT\`)`,
    ]);
  });

  test("is one in the machine, with enums by their names", () => {
    const text = `type Size = small "Small" | large "Large"
action order(size: Size, who: { name: personal text(20), n: number }[..3], mail: personal text(99)?) -> { id: text(9) }
  POST "{env.BASE}/orders/{size}"
  header "Authorization" "Bearer {env.TOKEN}"
  body { size: size, label: "a {size}" }
  result data[0]
flow f { on message -> s state s { let x = order(Size.small, [], none) else -> end say "{x.id}" -> end } }`;
    const { output } = compile({ settings: { ...DEFAULT_SETTINGS, ...SETTINGS }, files: [{ path: "a.flow", text }] });
    expect(output?.machine.actions["order"]).toMatchObject({
      personal: [["who", "name"], ["mail"]],
      http: {
        method: "POST",
        url: [
          { e: ["field", ["root", "env"], "BASE"] },
          "/orders/",
          { e: ["get", "size"], as: "text", source: "{size}" },
        ],
        headers: [{ name: "Authorization", value: ["Bearer ", { source: "{env.TOKEN}" }] }],
        body: ["record", { size: ["get", "size"], label: ["concat", ["a ", { as: "text" }]] }],
        result: ["data", 0],
      },
    });
    expect(output?.files.get("bot.d.ts")).not.toContain("order(");
  });
});

describe("personal data", () => {
  const SAY = (say: string, more = ""): string =>
    `type Person = { mail: personal text(20), nick: text(20) }
template news(who: text(60) = "x") { category marketing body "Hi {who}, it is ready." }
template info(who: text(60) = "x") { category utility body "Hi {who}, it is ready." }
flow f { on message -> s anytime on text "stop" -> s var mail: personal text(20) = "a" var nick: text(20) = "b" var one: Person = { mail: "m", nick: "n" }
 ${more} state s { ${say} -> end } }`;
  const at = (source: string): readonly string[] =>
    findings(source)
      .filter(([code]) => code === "P9004")
      .map(([, text]) => text);

  test.each([
    ['say "Hi" { link "See" "https://a.example/{mail}" }', ["mail"]],
    ['say "Hi" { link "See" "https://a.example/{one.mail}" }', ["one.mail"]],
    ['say "Hi" { link "See" "https://a.example/{upper(one.mail)}" }', ["upper(one.mail)"]],
    [
      'let all = [one] say "Hi" { link "See" "https://a.example/{join([p.mail for p in all], ",")}" }',
      ['join([p.mail for p in all], ",")'],
    ],
    ['let m = mail say "Hi" { link "See" "https://a.example/{m}" }', ["m"]],
    ['say "Hi" { link "See" "https://a.example/{contact.name ?? "x"}" }', ['contact.name ?? "x"']],
    ['send image "https://a.example/{mail}.png"', ["mail"]],
    ["send template news(mail)", ["mail"]],
    ['send template news("Dear {mail}")', ['"Dear {mail}"']],
    ["send template info(mail)", []],
    ["send template news(nick)", []],
    ['say "Your mail is {mail}, {contact.name ?? "you"}"', []],
    ['say "Hi" { link "See" "https://a.example/{one.nick}?n={len(mail)}" }', []],
    ['say "Hi" { link "See" "https://a.example/{if mail == "x" then 1 else 2}" }', []],
  ])("in %s", (statement, where) => {
    expect(at(SAY(statement))).toEqual(where);
  });
});

test("on a platform that has no reactions and typing indicators they are P3018", () => {
  const source = `flow f { on message -> s state s { typing react "👍" say "Hi" -> end } }`;
  const codes = (platform: "cloud" | "on_premises"): readonly string[] =>
    findings(source, { platform }).map(([code, text]) => `${code} ${text}`);
  expect(codes("on_premises").filter((line) => line.startsWith("P3"))).toEqual(["P3018 typing", 'P3018 react "👍"']);
  expect(sentences(source, { platform: "on_premises" }).filter((line) => line.startsWith("P3"))).toEqual([
    expect.stringContaining("the typing indicator"),
    expect.stringContaining("a reaction"),
  ]);
  expect(codes("cloud").filter((line) => line.startsWith("P3"))).toEqual([]);
});

test("a name that records do not hold is no name", () => {
  const source = `type T = { __proto__: text(9) } flow f { on message -> s var __proto__: text(9) = "x" state s { say "{__proto__}" -> end } }`;
  expect(
    new Set(
      findings(source)
        .filter(([code]) => code === "P1005")
        .map(([, text]) => text),
    ),
  ).toEqual(new Set(["__proto__"]));
  expect(findings(source).filter(([code]) => code === "P1005").length).toBeGreaterThanOrEqual(2);
});
