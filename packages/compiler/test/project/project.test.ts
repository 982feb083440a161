import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, describe as suite, test } from "vitest";
import { parse } from "yaml";
import { describe } from "../../src/diagnostics/report.ts";
import { withSeverities } from "../../src/project/lint.ts";
import { localeFileMissing, parseProject } from "../../src/project/project.ts";
import { PROJECT_SCHEMA, publishedSchema } from "../../src/project/schema.ts";
import { DEFAULT_SETTINGS } from "../../src/project/settings.ts";
import { positionAt } from "../../src/text/source.ts";

function read(text: string): { readonly found: readonly string[]; readonly settings: typeof DEFAULT_SETTINGS } {
  const { value, diagnostics } = parseProject({ path: "parley.yaml", text }, "folder");
  const found = diagnostics.map((d) => {
    const { line, column } = positionAt(d.span.source, d.span.start);
    return `${line}:${column} ${d.code} ${describe(d)}`;
  });
  return { found, settings: value };
}

suite("a project file", () => {
  test("that is empty has the defaults and the folder's name", () => {
    for (const text of ["", "\n", "# nothing\n", "---\n"]) {
      expect(read(text)).toEqual({ found: [], settings: { ...DEFAULT_SETTINGS, name: "folder", lone: false } });
    }
  });

  test("gives its settings, times in milliseconds", () => {
    const { found, settings } = read(
      "name: pizzeria\nlocales: { default: es }\ntimezone: Europe/Rome\nwindow: { margin: 10m }\nidle: 1d12h\nenv: [MENU_TOKEN]\n",
    );
    expect(found).toEqual([]);
    expect(settings).toMatchObject({
      name: "pizzeria",
      locales: { default: "es", others: [], dir: "locales" },
      timezone: "Europe/Rome",
      windowMarginMs: 600_000,
      idleMs: 129_600_000,
      quietMs: 300_000,
      env: ["MENU_TOKEN"],
    });
  });

  test("keeps what is right beside what is wrong", () => {
    const { found, settings } = read("name: shop\nidle: soon\n");
    expect(found).toEqual(["2:7 P8001 `idle` must be a duration such as `5m`, `20h` or `1h30m`, not `soon`"]);
    expect(settings).toMatchObject({ name: "shop", idleMs: DEFAULT_SETTINGS.idleMs });
  });

  test("tells of a platform that is no more, and may go on", () => {
    const { value, diagnostics } = parseProject({ path: "parley.yaml", text: "platform: on_premises\n" }, "a");
    expect(
      diagnostics.map((d) => [d.code, d.severity, describe(d), d.fixes.flatMap((f) => f.edits.map((e) => e.text))]),
    ).toEqual([
      ["P3018", "info", "the On-Premises API ended on 23 October 2025; what is built is for the Cloud API", ["cloud"]],
    ]);
    expect(value.platform).toBe("on_premises");
  });

  test("keeps the hours and markets that there are", () => {
    const { settings } = read(
      'hours: { a: "mon 08:00-09:00", b: soon }\nmarkets: [IT, ZZ, BR]\nbusiness: { country: XX }\n',
    );
    expect(settings).toMatchObject({ hours: { a: "mon 08:00-09:00" }, markets: ["IT", "BR"], business: undefined });
    expect(Object.keys(settings.hours)).toEqual(["a"]);
  });

  test("says where each library stands", () => {
    const source = { path: "parley.yaml", text: "libraries:\n  - ./shared\n  - '@acme/flows'\n" };
    const { value } = parseProject(source, "a");
    expect(value.places?.libraries.map(({ start, end }) => source.text.slice(start, end))).toEqual([
      "./shared",
      "'@acme/flows'",
    ]);
  });

  test.each([
    ["env: [A, B]\n", "env: [A, B, NEW]\n"],
    ["env: []\n", "env: [NEW]\n"],
    ["env:\n  - A\n  - B # of the host\nname: x\n", "env:\n  - A\n  - B\n  - NEW # of the host\nname: x\n"],
    ["name: x", "name: x\nenv: [NEW]\n"],
    ["name: x\n", "name: x\nenv: [NEW]\n"],
    ["{ name: x }\n", undefined],
    ["env: { a: b }\n", undefined],
  ])("knows where another name goes into %j", (text, becomes) => {
    const { value } = parseProject({ path: "parley.yaml", text }, "a");
    const edit = value.places?.env;
    const at = edit?.span.start ?? 0;
    expect(edit && text.slice(0, at) + edit.before + "NEW" + edit.after + text.slice(at)).toBe(becomes);
  });

  test("may not turn an error off", () => {
    const { found, settings } = read("lint: { P2001: off }\n");
    expect(found).toEqual(["1:9 P8001 `P2001` is always an error: the bot could not run"]);
    expect(settings.lint).toEqual({});
  });
});

/** Each is wrong in one place: text, place, message. */
const BROKEN: readonly (readonly [text: string, message: string])[] = [
  ["- a\n", "1:1 P8001 the file must be keys with values, one on each line"],
  ["nam: a\n", "1:1 P8001 there is no key `nam` in parley.yaml, a similar name is `name`"],
  ["name:\n", "1:6 P8001 `name` has no value"],
  ["name: 12\n", "1:7 P8001 `name` must be a text; 12 without quotes is no text"],
  ['name: ""\n', "1:7 P8001 `name` is empty"],
  [`name: ${"x".repeat(101)}\n`, "1:7 P8001 `name` must be at most 100 characters long"],
  ["flows: a.flow\n", "1:8 P8001 `flows` must be a list"],
  ["flows: []\n", "1:8 P8001 `flows` must have at least 1 entry"],
  ["flows: [[a]]\n", "1:9 P8001 `flows[1]` must be a text"],
  ["platform: clud\n", "1:11 P8001 `platform` must be one of `cloud`, `on_premises`, not `clud`"],
  ["api: 23\n", "1:6 P8001 `api` must be a version of the Graph API such as `v23.0`; 23 without quotes is no text"],
  ["locales: { defalt: en }\n", "1:12 P8001 there is no key `defalt` in `locales`, a similar name is `default`"],
  [
    "locales:\n  default: english\n",
    "2:12 P8001 `locales.default` must be a language code of WhatsApp such as `en` or `pt_BR`, not `english`",
  ],
  [
    "window:\n  margin: 5\n",
    "2:11 P8001 `window.margin` must be a duration such as `5m`, `20h` or `1h30m`; 5 without quotes is no text",
  ],
  ["env: [A, A]\n", "1:10 P8001 `A` stands twice in `env`"],
  ["business: { compliance: filed }\n", "1:11 P8001 `business` needs `country`"],
  ["hours: { a-b: x }\n", "1:10 P8001 `a-b` cannot be a name in `hours`"],
  ["hours: { __proto__: x }\n", "1:10 P8001 `__proto__` cannot be a name in `hours`"],
  ["env: [__proto__]\n", "1:7 P8001 `env[1]` must be a name of letters, digits and `_`, not `__proto__`"],
  [
    `platform: ${"x".repeat(41)}\n`,
    `1:11 P8001 \`platform\` must be one of \`cloud\`, \`on_premises\`, not \`${"x".repeat(39)}…\``,
  ],
  ["zzzzzzzzzz: a\n", "1:1 P8001 there is no key `zzzzzzzzzz` in parley.yaml; it has"],
  [
    "locales: { others: [[a]] }\n",
    "1:21 P8001 `locales.others[1]` must be a language code of WhatsApp such as `en` or `pt_BR`",
  ],
  ["lint: { E1: off }\n", "1:9 P8001 `E1` cannot be a name in `lint`"],
];

/** Wrong in a way that JSON Schema cannot say, or no YAML at all. */
const BEYOND: readonly (readonly [text: string, message: string])[] = [
  ["timezone: Rome\n", "1:11 P8001 there is no time zone `Rome`; names are such as `Europe/Rome`"],
  [
    "window: { margin: 12h }\n",
    "1:9 P8001 `window.margin` must be shorter than 12h: twice the margin has to fit into the window",
  ],
  [
    'hours: { office: "mon-fri 8:00-16:00" }\n',
    "1:27 P8001 opening hours: `8:00-16:00` are no times: write `08:00-16:00`",
  ],
  [
    "hours:\n  office: mon-fry 08:00-16:00\n",
    "2:11 P8001 opening hours: `mon-fry` are no days: write `mon-fri`, `sat` or `daily`",
  ],
  ["markets: [IT, UK]\n", "1:15 P8001 there is no country `UK` (ISO 3166-1); the United Kingdom is `GB`"],
  ["business: { country: XX }\n", "1:22 P8001 there is no country `XX` (ISO 3166-1)"],
  ["markets: [EL]\n", "1:11 P8001 there is no country `EL` (ISO 3166-1); Greece is `GR`"],
  ["locales: { others: [en] }\n", "1:21 P8001 `en` is the default language already: its texts stand in the flows"],
  [
    "hours:\n  office: >\n    soon\n",
    "2:11 P8001 opening hours: `soon` are no days: write `mon-fri`, `sat` or `daily`",
  ],
  ["lint: { P0001: off }\n", "1:9 P8001 there is no diagnostic `P0001`"],
  ["name: a\nname: b\n", "2:1 P8001 not YAML: map keys must be unique"],
  [
    "name: [a\n",
    "2:1 P8001 not YAML: flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
];

suite("a wrong project file is reported where it is wrong", () => {
  test.each([...BROKEN, ...BEYOND])("%j", (text, message) => {
    expect(read(text).found.some((told) => told.startsWith(message))).toBe(true);
  });
});

test.each([
  ["locales: { others: [es, de] }\n", "de"],
  ["locales: { default: de }\n", ""],
  ["name: a\n", ""],
])("a language without its file is told where %j names it", (text, place) => {
  const { code, span } = localeFileMissing({ path: "parley.yaml", text }, "de", "locales/de.yaml");
  expect([code, text.slice(span.start, span.end)]).toEqual(["P7001", place]);
});

suite("the published schema", () => {
  const validate = new Ajv2020({ strict: false }).compile({ ...PROJECT_SCHEMA });

  test("is the table", () => {
    expect(readFileSync(new URL("../../schemas/parley.schema.json", import.meta.url), "utf8")).toBe(publishedSchema());
  });

  test.each(BROKEN)("refuses %j too", (text) => {
    expect(validate(parse(text))).toBe(false);
  });

  test("accepts every setting of the language's description", () => {
    const text = `name: pizzeria
flows: ["**/*.flow"]
platform: cloud
api: v23.0
locales: { default: en, others: [es, pt_BR], dir: locales }
timezone: Europe/Rome
hours: { office: "mon-fri 08:00-16:00" }
window: { margin: 5m }
idle: 3d
quiet: 5m
markets: [IN, BR]
business: { country: IN, compliance: filed }
catalog: "194836987003835"
templates: templates.yaml
libraries: ["@acme/flows-common"]
env: [MENU_TOKEN]
lint: { P5001: off }
`;
    expect(validate(parse(text))).toBe(true);
    expect(read(text).found.filter((f) => f.includes("P8001") && !f.includes("P5001"))).toEqual([]);
  });
});

test("severities of a project replace those of the catalogue, and `off` removes", () => {
  const { diagnostics } = parseProject({ path: "parley.yaml", text: "nam: a\nidle: x\n" }, "a");
  expect(withSeverities(diagnostics, { P8001: "warning" }).map((d) => d.severity)).toEqual(["warning", "warning"]);
  expect(withSeverities(diagnostics, { P8001: "off" })).toEqual([]);
});
