/** Every construct of the language in a small program that is right, and its requests are ones that WhatsApp takes. */
import { validateRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { metaJudge } from "../../../examples/test/meta.ts";
import { describe as inWords } from "../src/diagnostics/report.ts";
import { positionAt } from "../src/text/source.ts";
import { withSamples } from "./emit/built.ts";
import { compileFixture, FIXTURES } from "./fixtures.ts";

const judge = metaJudge();

describe.each(FIXTURES)("%s", (name) => {
  const { diagnostics, failures, output, settings } = compileFixture(name);
  const payloads = [...(output?.files ?? [])].filter(([path]) => path.startsWith("payloads/"));

  test("compiles without a finding", () => {
    const found = diagnostics.map((d) => `${positionAt(d.span.source, d.span.start).line}: ${d.code} ${inWords(d)}`);
    expect([...found, ...failures]).toEqual([]);
    expect(output).toBeDefined();
  });

  test("builds requests that our schemas accept, in every language", () => {
    for (const [path, text] of payloads)
      expect([path, validateRequest(withSamples(JSON.parse(text)))]).toMatchObject([path, { ok: true }]);
    const languages = payloads.map(([path]) => path.split(".").at(-2));
    const { default: first, others } = settings.locales;
    expect(languages.every((language) => language === first || others.includes(language ?? ""))).toBe(true);
    expect(languages.filter((language) => language === first)).toHaveLength(languages.length / (1 + others.length));
  });

  test.skipIf(judge === undefined)(
    "builds requests that Meta's OpenAPI file accepts (skipped where it is absent)",
    () => {
      for (const [path, text] of payloads) expect([path, judge?.(withSamples(JSON.parse(text)))]).toEqual([path, []]);
    },
  );
});
