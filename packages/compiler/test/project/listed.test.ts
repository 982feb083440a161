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
