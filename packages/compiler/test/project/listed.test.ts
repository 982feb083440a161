import { expect, describe as group, test } from "vitest";
import { describe } from "../../src/diagnostics/report.ts";
import { parseListed } from "../../src/project/listed/parse.ts";
import { positionAt } from "../../src/text/source.ts";

function read(text: string) {
  const { value, diagnostics } = parseListed({ path: "templates.yaml", text });
  const found = diagnostics.map((d) => `${positionAt(d.span.source, d.span.start).line} ${d.code} ${describe(d)}`);
  return { templates: value, found };
}

const one = (more = ""): string => `- name: ready
  language: en
  category: UTILITY
  components:
    - { type: BODY, text: "Hi {{name}}, it is ready." }
${more}`;

group("a file of templates", () => {
  test("is YAML, JSON, or the answer of the Graph API", () => {
    const entry = {
      name: "ready",
      language: "en",
      category: "UTILITY",
      components: [{ type: "BODY", text: "Hi {{name}}, it is ready." }],
    };
    const all = [one(), JSON.stringify([entry]), JSON.stringify({ data: [entry] }, null, 2)].map(read);
    for (const { templates, found } of all) {
      expect(found).toEqual([]);
      expect(templates).toMatchObject([
        {
          name: "ready",
          category: "utility",
          languages: ["en"],
          positional: false,
          params: [{ name: "name", type: { kind: "text", max: 1007 } }],
        },
      ]);
    }
    expect(read("").templates).toEqual([]);
  });

  test("has one template for each name, with its approved languages", () => {
    const spanish = one().replace("language: en", "language: es").replace("it is ready", "está listo");
    const rejected = one("  status: REJECTED\n").replace("language: en", "language: de");
    const { templates, found } = read(one() + spanish + rejected);
    expect(found).toEqual([]);
    expect(templates.map(({ name, languages }) => [name, languages])).toEqual([["ready", ["en", "es"]]]);
    expect(templates[0]?.texts.get("es")?.body).toBe("Hi {{name}}, está listo.");
  });

  test.each([
    ["a: [", /^1 P8001 neither YAML nor JSON: /],
    ["just words", /^1 P8001 the file must be a list of templates/],
    ["templates: []", /P8001 `data` is missing/],
    ["- name: a\n", /P8001 `\[0\]\.language` is missing/],
    ["- name: a\n  language: en\n  category: WEATHER\n  components: []\n", /^3 P8001 there is no category `WEATHER`/],
    ["- name: [a]\n  language: en\n  category: UTILITY\n  components: []\n", /^1 P8001 `\[0\]\.name` must be a text/],
    [
      "- name: a\n  language: en\n  category: UTILITY\n  components: 7\n",
      /^4 P8001 `\[0\]\.components` must be a list/,
    ],
    [one() + one(), /^6 P8001 `ready` stands here a second time in `en`/],
    [
      one() + one().replace("language: en", "language: es").replace("{{name}}", "{{who}}"),
      /^6 P8001 `ready` takes other values in `es` than in `en`/,
    ],
    ['{"data": [], "paging": {"next": "https://graph.example"}}', /P8001 this is one page of several/],
  ])("%j is told at its place", (text, message) => {
    const { found } = read(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(message);
  });
});

test("parameters have the names of their parts, in the order header, body, offer, buttons, cards", () => {
  const { templates } = read(`
- name: t
  language: en
  category: MARKETING
  components:
    - type: BUTTONS
      buttons:
        - { type: URL, text: A, url: "https://x.example/{{1}}" }
        - { type: COPY_CODE, text: B }
        - { type: URL, text: C, url: "https://y.example/{{1}}" }
    - { type: BODY, text: "One {{2}} two {{1}} three four five" }
    - { type: HEADER, format: TEXT, text: "The {{1}}" }
    - { type: LIMITED_TIME_OFFER, limited_time_offer: { text: "Soon", has_expiration: true } }
`);
  expect(templates[0]?.params.map(({ name }) => name)).toEqual([
    "header_1",
    "body_1",
    "body_2",
    "expires",
    "link",
    "code",
    "link_2",
  ]);
});

test("quick replies are called by their title, or as the file says", () => {
  const { templates } = read(`
- name: t
  language: en
  category: UTILITY
  components:
    - { type: BODY, text: "B" }
    - type: BUTTONS
      buttons:
        - { type: QUICK_REPLY, text: "Where are you?" }
        - { type: QUICK_REPLY, text: "¡Sí, claro!" }
        - { type: QUICK_REPLY, text: "はい" }
        - { type: QUICK_REPLY, text: "2 more" }
        - { type: QUICK_REPLY, text: "いいえ" }
        - { type: QUICK_REPLY, text: "Whatever", id: no }
`);
  const ids = templates[0]?.shape.buttons.map((button) => (button.kind === "reply" ? button.id : ""));
  expect(ids).toEqual(["where_are_you", "si_claro", "option", "option_2_more", "option_2", "no"]);
});

group("a template that the bot cannot fill says why at its use", () => {
  const withParts = (components: string): string =>
    `- name: t\n  language: en\n  category: UTILITY\n  components:\n${components}`;
  test.each([
    ["    - { type: WEATHER }\n", "it has a part of the kind `WEATHER`, which the bot cannot fill"],
    ["    - { type: HEADER, format: HOLOGRAM }\n", "it has a header of the kind `HOLOGRAM`, which the bot cannot fill"],
    ['    - { type: BODY, text: "{{1}} and {{name}}" }\n', "some of its variables are numbers and some are names"],
    [
      "    - type: CAROUSEL\n      cards:\n        - components:\n            - { type: FOOTER, text: x }\n",
      "a card has a part of the kind `FOOTER`",
    ],
    [
      '    - type: BUTTONS\n      buttons:\n        - { type: URL, text: A, url: "https://x.example/{{1}}/a" }\n',
      "the parameter of its link `https://x.example/{{1}}/a` does not stand at the end",
    ],
  ])("%j", (components, reason) => {
    const { templates, found } = read(withParts(components));
    expect(found).toEqual([]);
    expect(JSON.stringify(templates[0])).toContain(reason);
  });

  test("one with buttons for calls and passwords has them", () => {
    const { templates } = read(
      withParts(
        "    - type: BUTTONS\n      buttons:\n        - { type: VOICE_CALL, text: Call }\n        - { type: PHONE_NUMBER, text: Ring, phone_number: '+1' }\n",
      ).replace("UTILITY", "MARKETING"),
    );
    expect(templates[0]?.shape.buttons.map(({ kind }) => kind)).toEqual(["voice_call", "phone"]);
  });

  test("a name in header and body is one parameter with the smaller room", () => {
    const { templates } = read(
      withParts('    - { type: BODY, text: "Hi {{name}}" }\n    - { type: HEADER, format: TEXT, text: "{{name}}" }\n'),
    );
    expect(templates[0]?.params).toEqual([{ name: "name", type: { kind: "text", max: 60 } }]);
  });

  test.each([
    ["IMAGE", ["media"]],
    ["VIDEO", ["media"]],
    ["DOCUMENT", ["media"]],
    ["LOCATION", ["location"]],
    ["PRODUCT", ["text", "text"]],
  ])("a header of the format %s is filled with values of its own", (format, kinds) => {
    const { templates } = read(withParts(`    - { type: HEADER, format: ${format} }\n`));
    expect(templates[0]?.params.map(({ type }) => type.kind)).toEqual(kinds);
  });

  test("parts without their fields are told at their place, and nothing throws", () => {
    for (const type of ["HEADER", "BUTTONS", "CAROUSEL", "BODY", "FOOTER", "LIMITED_TIME_OFFER"]) {
      const { templates } = read(withParts(`    - { type: ${type} }\n`));
      expect(templates.length).toBeLessThanOrEqual(1);
    }
    expect(read(withParts("    - { type: HEADER }\n")).found[0]).toMatch(/P8001 `.*format` is missing/);
    expect(read(withParts("    - type: CAROUSEL\n      cards:\n        - { components: 7 }\n")).found[0]).toMatch(
      /must be a list/,
    );
  });
});

group("a template of which something is missing is told and left out", () => {
  const withParts = (components: string): string =>
    `- name: t\n  language: en\n  category: MARKETING\n  components:\n${components}`;
  const button = (written: string): string => `    - type: BUTTONS\n      buttons:\n        - ${written}\n`;
  const card = (written: string): string =>
    `    - type: CAROUSEL\n      cards:\n        - components:\n            - ${written}\n`;
  test.each([
    ['    - { text: "B" }\n', "`[0].components[0].type` is missing"],
    ["    - { type: HEADER, format: TEXT }\n", "`[0].components[0].text` is missing"],
    ["    - { type: HEADER }\n", "`[0].components[0].format` is missing"],
    [button("{ text: A }"), "`[0].components[0].buttons[0].type` is missing"],
    [button("{ type: URL, text: A }"), "`[0].components[0].buttons[0].url` is missing"],
    [card("{ type: HEADER }"), "`[0].components[0].cards[0].components[0].format` is missing"],
    [card("{ type: BODY }"), "`[0].components[0].cards[0].components[0].text` is missing"],
    [card("{ type: BUTTONS }"), "`[0].components[0].cards[0].components[0].buttons` is missing"],
    [card("{ text: x }"), "`[0].components[0].cards[0].components[0].type` is missing"],
  ])("%j", (components, message) => {
    const { templates, found } = read(withParts(components));
    expect(found.some((told) => told.endsWith(message))).toBe(true);
    expect(templates).toEqual([]);
  });

  test("a button without a title or a number has none", () => {
    const { templates, found } = read(withParts(button("{ type: PHONE_NUMBER }")));
    expect(found).toEqual([]);
    expect(templates[0]?.shape.buttons).toEqual([{ kind: "phone", phone: "" }]);
    expect(templates[0]?.texts.get("en")?.buttons).toEqual([""]);
  });

  test("a variable in header and body is one parameter, as long as both have room for", () => {
    const { templates } = read(
      withParts(
        `    - { type: HEADER, format: TEXT, text: "For {{name}}" }\n    - { type: BODY, text: "${"x".repeat(1000)} {{name}}" }\n`,
      ),
    );
    expect(templates[0]?.params).toEqual([{ name: "name", type: { kind: "text", max: 23 } }]);
  });
});
