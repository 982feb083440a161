import { compile, DEFAULT_SETTINGS, describe, importMessages } from "@parley/compiler";
import { expect, test } from "vitest";
import { REQUESTS, VARIANTS } from "../../../whatsapp/test/fixtures/requests.ts";

const statement = (message: unknown): string => {
  const { text, refused } = importMessages(message);
  expect(refused).toEqual([]);
  const inner = /state message1 \{\n([\s\S]*?)\n {4}-> end/.exec(text)?.[1] ?? text;
  return inner.replace(/^ {4}/gm, "");
};

test.each([
  [{ type: "text", text: { body: "Hi {x}\n“you”" } }, 'say "Hi \\{x\\}\\n“you”"'],
  [{ type: "text", text: { body: "See" }, context: { message_id: "wamid.A" } }, 'say "See" { reply }'],
  [{ type: "reaction", reaction: { message_id: "wamid.A", emoji: "👍🏽" } }, 'react "👍🏽"'],
  [{ type: "reaction", reaction: { message_id: "wamid.A", emoji: "" } }, "react none"],
  [{ status: "read", message_id: "wamid.A", typing_indicator: { type: "text" } }, "typing"],
  [{ type: "image", image: { link: "{photo}" } }, "send image photo"],
  [{ type: "location", location: { latitude: "41.380", longitude: -2.17 } }, "send location 41.38, -2.17"],
])("%j", (message, text) => {
  expect(statement(message)).toBe(text);
});

test("values that a payload has no words for are parameters of the flow, once each", () => {
  const { text } = importMessages([
    { type: "image", image: { link: "{order.photo}" } },
    { type: "video", video: { link: "{film}" } },
    { type: "location", location: { latitude: "{order.place.latitude}", longitude: "{order.place.longitude}" } },
  ]);
  expect(text).toContain("flow imported(order: { photo: media, place: location }, film: media) {");
  expect(text).not.toContain("on message");
});

test.each([
  ["poll", { type: "poll" }, "the language has no message of the kind `poll`"],
  ["nothing", 7, "it is no JSON object"],
  ["no body", { type: "text", text: {} }, "it has no `body`"],
  [
    "two types",
    [
      { type: "image", image: { link: "{a}" } },
      { type: "image", image: { link: "{a.b}" } },
    ],
    "`a` would be of two types",
  ],
  ["an expression", { type: "image", image: { link: "{menu()[0]}" } }, "the value `{menu()[0]}` is not known here"],
])("a message that has no form in the language is left out with the reason: %s", (_, message, reason) => {
  expect(importMessages(message).refused.map((one) => one.reason)).toEqual([reason]);
});

test("nothing gives an empty flow", () => {
  expect(importMessages([])).toEqual({ text: "flow imported {}\n", notes: [], refused: [] });
});

interface Known {
  readonly type: string;
  readonly interactive?: { readonly type: string };
}

const requests = Object.entries({ ...REQUESTS, ...VARIANTS } as unknown as Readonly<Record<string, Known>>);

/** Told by the compiler, at their place in the flow. */
const TOLD_BY_CHECK = new Set(["interactive.carousel", "catalog without thumbnail"]);

test.each(requests)("what is lost of a request is said: %s", (name, request) => {
  const { text, notes, refused } = importMessages(request);
  if (refused.length > 0 || request.type === "reaction") return;
  const of = JSON.stringify(request);
  const locale = /"code":"(\w+)"/.exec(of)?.[1] ?? "en";
  const settings = {
    ...DEFAULT_SETTINGS,
    catalog: /"catalog_id":"(\w+)"/.exec(of)?.[1] ?? "1",
    business: { country: "IN", compliance: "filed" },
    locales: { ...DEFAULT_SETTINGS.locales, default: locale },
  } as const;
  const { output, diagnostics } = compile({ settings, files: [{ path: "imported.flow", text }] });
  const errors = diagnostics.filter((d) => d.severity === "error").map(describe);
  expect(errors.length > 0).toBe(TOLD_BY_CHECK.has(name));
  if (!output) return;
  const [, payload = "{}"] = [...output.files].find(([path]) => path.startsWith("payloads/")) ?? [];
  const built = JSON.parse(payload) as Readonly<Record<string, unknown>>;
  // Numbers may be written as texts in a request.
  const same =
    JSON.stringify(sorted(built[request.type])) === JSON.stringify(sorted(of && JSON.parse(of)[request.type]));
  expect(same || notes.length > 0).toBe(true);
});

function sorted(value: unknown, key = ""): unknown {
  if (key === "latitude" || key === "longitude") return Number(value);
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner, name)]));
}

test.each([
  ["a read receipt", { status: "read", message_id: "wamid.A" }, "a read receipt is sent by itself"],
  [
    "two contacts",
    {
      type: "contacts",
      contacts: [
        { name: { formatted_name: "A" }, phones: [{ phone: "+34600000000" }] },
        { name: { formatted_name: "B" } },
      ],
    },
    "the language sends one contact at a time",
  ],
  [
    "a part of a template",
    { type: "template", template: { name: "t", language: { code: "en" }, components: [{ type: "weather" }] } },
    "a template's part of the kind `weather` has no form in the language",
  ],
  [
    "a header of a template",
    {
      type: "template",
      template: {
        name: "t",
        language: { code: "en" },
        components: [{ type: "header", parameters: [{ type: "hologram" }] }],
      },
    },
    "a template's header of the kind `hologram` has no form in the language",
  ],
  [
    "a written place",
    {
      type: "template",
      template: {
        name: "t",
        language: { code: "en" },
        components: [
          { type: "header", parameters: [{ type: "location", location: { latitude: "1", longitude: "2" } }] },
        ],
      },
    },
    "a place in a template is a variable in the language",
  ],
  [
    "a currency",
    {
      type: "template",
      template: {
        name: "t",
        language: { code: "en" },
        components: [{ type: "body", parameters: [{ type: "currency" }] }],
      },
    },
    "parameters that are currencies or times have no form in the language",
  ],
  [
    "a button without a place",
    {
      type: "template",
      template: {
        name: "t",
        language: { code: "en" },
        components: [
          { type: "button", sub_type: "quick_reply", index: 10, parameters: [{ type: "payload", payload: "x" }] },
        ],
      },
    },
    "a button of it has no place from 0 to 9",
  ],
  ["an image without an object", { type: "image" }, "it has no `image`"],
  ["a place that is none", { type: "location", location: { latitude: "north", longitude: 2 } }, "`north` is no place"],
])("what cannot be written is left out with the reason: %s", (_, message, reason) => {
  expect(importMessages(message).refused.map((one) => one.reason)).toEqual([reason]);
});

test("the file name of a template's header is left out, and a note says so", () => {
  const { text, notes, refused } = importMessages({
    type: "template",
    template: {
      name: "t",
      language: { code: "en" },
      components: [
        {
          type: "header",
          parameters: [{ type: "document", document: { link: "https://x.example/a.pdf", filename: "a.pdf" } }],
        },
        { type: "body", parameters: [{ type: "text", parameter_name: "who", text: "Ana" }] },
      ],
    },
  });
  expect(refused).toEqual([]);
  expect(notes.join()).toContain("the file name of a header comes from its `media` value");
  expect(text).toContain('file: url = "https://x.example/a.pdf"');
});

test("a reaction without an emoji takes the reaction back", () => {
  expect(statement({ type: "reaction", reaction: { message_id: "wamid.A" } })).toBe("react none");
});
