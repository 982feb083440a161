import { existsSync, readFileSync } from "node:fs";
import { compareTemplates, compile, DEFAULT_SETTINGS, describe, parseLocale, templateRequests } from "@parley/compiler";
import { LIMITS, type TemplateRequest, validateRequest, validateTemplate } from "@parley/whatsapp";
import fc from "fast-check";
import { expect, describe as group, test } from "vitest";
import { parse } from "yaml";
import { withSamples } from "./built.ts";

const FLOW = (args: string): string =>
  `flow f { on event e() -> s  on message -> s  state s { send template t(${args}) handoff "people" } }`;

function requestsOf(text: string) {
  const { output, names, diagnostics } = compile({
    settings: DEFAULT_SETTINGS,
    files: [{ path: "main.flow", text }],
  });
  if (!output) throw new Error(diagnostics.map(describe).join("\n"));
  return { ...templateRequests(names, output.machine), names, files: output.files };
}

const DECLARED = `template t(name: text(20) = "Ana", id: text(9) = "17", size: Size = Size.big, n: 1..9 = 3, file: url = "https://x.example/a.pdf") {
  category marketing
  locales en
  header document file
  body """
    Hello {name},
    here is the {size} receipt of your order {id}, which is number {n} of today, as you wished.
    """
  footer "Pizza"
  option more "Anything else?"
  link "Open" "https://x.example/r/{id}"
}
type Size = small "Small" | big "Big"
${FLOW('"Bo", "18", Size.small, 4, "https://x.example/b.pdf"')}`;

test("a declared template is one request for each of its languages, with its samples", () => {
  const { requests, diagnostics } = requestsOf(DECLARED);
  expect(diagnostics).toEqual([]);
  expect(requests).toEqual([
    {
      name: "t",
      language: "en",
      category: "MARKETING",
      parameter_format: "NAMED",
      components: [
        { type: "HEADER", format: "DOCUMENT", example: { header_handle: ["https://x.example/a.pdf"] } },
        {
          type: "BODY",
          text: "Hello {{name}},\nhere is the {{size}} receipt of your order {{id}}, which is number {{n}} of today, as you wished.",
          example: {
            body_text_named_params: [
              { param_name: "name", example: "Ana" },
              { param_name: "size", example: "Big" },
              { param_name: "id", example: "17" },
              { param_name: "n", example: "3" },
            ],
          },
        },
        { type: "FOOTER", text: "Pizza" },
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY", text: "Anything else?" },
            { type: "URL", text: "Open", url: "https://x.example/r/{{1}}", example: ["17"] },
          ],
        },
      ],
    },
  ]);
  expect(requests.flatMap(validateTemplate)).toEqual([]);
});

test("a parameter without a sample, and a language without its own text, are P6004", () => {
  const text = `template t(name: text(20), when: date) { category utility locales en, es body "Hi {name}, it is due on {when} at noon." } flow f { on event e() -> s  on message -> s  state s { send template t("A", today()) handoff "people" } }`;
  expect(requestsOf(text).diagnostics.map((d) => `${d.code} ${describe(d)}`)).toEqual([
    "P6004 the parameter `name` has no sample",
    "P6004 the parameter `when` has no sample",
    "P6004 the body of the template `t` has no text in `es`",
  ]);
});

test("samples that are worked out are none, also for a file and a link", () => {
  const text = `template t(id: text(9), file: url, when: date = today()) { category utility locales en header image file body "It is due on {when} at noon." link "Open" "https://x.example/{id}" } flow f { on message -> s state s { send template t("A", "https://x.example/a.png", today()) handoff "people" } }`;
  const { requests, diagnostics } = requestsOf(text);
  expect(diagnostics.map(describe)).toEqual(
    ["id", "file", "when"].map((name) => `the parameter \`${name}\` has no sample`),
  );
  expect(requests[0]?.components[0]).toEqual({ type: "HEADER", format: "IMAGE", example: { header_handle: [""] } });
});

test("a translation that is longer than WhatsApp allows is P6004", () => {
  const text = `template t() { category utility locales en, es body "It is ready." option yes "Yes" } ${FLOW("")}`;
  const long = "x".repeat(26);
  const yaml = `templates: { t.body: "Listo.", t.option.yes: "${long}" }`;
  const settings = { ...DEFAULT_SETTINGS, locales: { default: "en", others: ["es"], dir: "locales" } };
  const locales = [parseLocale({ path: "locales/es.yaml", text: yaml }, "es")];
  const { output, names, diagnostics } = compile({ settings, files: [{ path: "main.flow", text }], locales });
  const told = output ? templateRequests(names, output.machine).diagnostics : diagnostics;
  expect(told.map((d) => d.code).filter((code) => code === "P6004" || code === "P7002")).toHaveLength(1);
});

group("compared with what is approved", () => {
  const compared = (change: (entry: Record<string, unknown>) => unknown): readonly string[] => {
    const { requests, names } = requestsOf(DECLARED);
    const data = requests.map((request) => change({ ...structuredClone(request), status: "APPROVED" }));
    const source = { path: "templates.json", text: JSON.stringify({ data }) };
    return compareTemplates(names, requests, source).map((d) => `${d.code} ${describe(d)}`);
  };

  test("a template that was handed in as it is has no difference", () => {
    expect(compared((entry) => entry)).toEqual([]);
  });

  test("one that is missing, refused, or in other languages is told", () => {
    expect(compared((entry) => ({ ...entry, name: "u" }))).toEqual([
      "P6001 the template `t` cannot be sent: templates.json does not list it",
    ]);
    expect(compared((entry) => ({ ...entry, status: "PENDING" }))).toEqual([
      "P6001 the template `t` cannot be sent: it is pending in the file of templates",
    ]);
    expect(compared((entry) => ({ ...entry, language: "es" }))).toEqual([
      "P6001 the template `t` cannot be sent: it is not approved in `en`",
    ]);
  });

  test("other texts are a warning, other values an error", () => {
    const body = (text: string) => (entry: Record<string, unknown>) => ({
      ...entry,
      components: (entry["components"] as { type: string }[]).map((c) => (c.type === "BODY" ? { ...c, text } : c)),
    });
    const same = "Hello {{name}}, the {{size}} receipt of {{id}} is number {{n}} of all.";
    expect(compared(body(same)).map((line) => line.slice(0, 5))).toEqual(["P6005"]);
    expect(compared(body(same.replace("{{n}}", "nine"))).map((line) => line.slice(0, 5))).toEqual(["P6002"]);
  });
});

// ---------------------------------------------------------------- property

const WORD = fc.stringMatching(/^[A-Za-z]{1,12}$/);
const HOLE = fc.constantFrom("{a}", "{b}");
const text = (words: number, minLength: number, maxLength: number): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.oneof({ weight: words, arbitrary: WORD }, { weight: 1, arbitrary: HOLE }), { minLength, maxLength });
const LINK = fc.tuple(WORD, fc.constantFrom("", "x", "{a}", "{b}", "{a}/x"));

/** A template of any form: some are refused, the others must be right. */
const TEMPLATE = fc.record({
  header: fc.option(
    fc.oneof(
      text(6, 1, 6).map((words) => `"${words.join(" ")}"`),
      fc.constantFrom('image "https://x.example/a.png"', "video f"),
    ),
  ),
  body: text(8, 4, 14),
  footer: fc.option(text(30, 1, 6)),
  options: fc.array(WORD, { maxLength: 4 }),
  links: fc.array(LINK, { maxLength: 2 }),
});

test("every declared template that compiles is a request that WhatsApp's schema takes, and so is its message", () => {
  let accepted = 0;
  fc.assert(
    fc.property(TEMPLATE, ({ header, body, footer, options, links }) => {
      const source = `template t(a: text(20) = "Ana", b: 1..99 = 7, f: url = "https://x.example/a.mp4") { category utility locales en
        ${header === null ? "" : `header ${header}`}
        body "${body.join(" ")}"
        ${footer === null ? "" : `footer "${footer.join(" ")}"`}
        ${options.map((title, i) => `option o${i} "${title}"`).join("\n")}
        ${links.map(([title, tail]) => `link "${title}" "https://x.example/${tail}"`).join("\n")}
      }
      ${FLOW('"Bo", 8, "https://x.example/b.mp4"')}`;
      const compiled = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "main.flow", text: source }] });
      const { output, diagnostics, names } = compiled;
      if (!output) {
        if (diagnostics.some((d) => d.code === "P6004")) return;
        throw new Error(`refused, but not as a template: ${diagnostics.map(describe).join("; ")}`);
      }
      accepted++;
      const { requests, diagnostics: missing } = templateRequests(names, output.machine);
      expect(missing).toEqual([]);
      expect(requests.flatMap(validateTemplate)).toEqual([]);
      for (const request of requests) expect(lengthsOf(request)).toEqual([]);
      const payload = [...output.files].find(([path]) => path.startsWith("payloads/f.s"))?.[1] ?? "{}";
      expect(validateRequest(withSamples(JSON.parse(payload)))).toMatchObject({ ok: true });
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(accepted).toBeGreaterThan(100);
});

/** What a reader of WhatsApp's rules would object to. */
function lengthsOf({ components }: TemplateRequest): readonly string[] {
  return components.flatMap((part) => {
    if (part.type === "BUTTONS") {
      return part.buttons.filter(({ text }) => text.length > LIMITS.templateButtonText.max).map(({ text }) => text);
    }
    const text = "text" in part ? part.text : "";
    return /^\{\{|\}\}$|\}\}\s*\{\{/.test(text) && part.type === "BODY" ? [text] : [];
  });
}

// ---------------------------------------------------------------- Meta's own examples

const SPEC = new URL("../../../../../shared/reference/business-messaging-api_v23.0.yaml", import.meta.url);

group.skipIf(!existsSync(SPEC))(
  `Meta's OpenAPI file${existsSync(SPEC) ? "" : " (skipped: not beside this repository)"}`,
  () => {
    const spec = existsSync(SPEC) ? (parse(readFileSync(SPEC, "utf8"), { maxAliasCount: -1 }) as Spec) : undefined;
    const examples =
      spec?.paths["/{Version}/{WABA-ID}/message_templates"]?.post.requestBody.content["application/json"].examples ??
      {};
    const plain = Object.entries(examples).filter(
      ([, { value }]) => !/"(?:OTP|MPM|CATALOG|FLOW|CAROUSEL)"/.test(JSON.stringify(value)),
    );

    test.each(plain)("%s has the form of our requests", (_, { value }) => {
      expect(validateTemplate(value)).toEqual([]);
    });

    test("has such examples", () => {
      expect(plain.length).toBeGreaterThan(3);
    });
  },
);

interface Spec {
  readonly paths: Record<
    string,
    { post: { requestBody: { content: { "application/json": { examples: Record<string, { value: unknown }> } } } } }
  >;
}
