/** What `--format sarif` writes, held against the schema of SARIF 2.1.0 (as the package `@microsoft/jest-sarif` carries it). */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { readPages } from "../../../docs/test/pages.ts";
import { sarif } from "../src/formats/sarif.ts";
import { findingOf, reportOf } from "../src/report/finding.ts";

const SCHEMA = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

test("every finding of every page is valid SARIF", async () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  // Written for draft 4, of which it uses what later drafts have, too.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(SCHEMA, "utf8")) as Record<string, unknown>;
  const validate = ajv.compile(schema);
  const write = async (findings: Parameters<typeof reportOf>[0]): Promise<unknown> =>
    JSON.parse(await sarif.write(reportOf(findings, 1), { paint: (_, text) => text, width: 100, max: 20 }));
  for (const { code, bad } of readPages()) {
    for (const example of bad) {
      const files = example.filter((source) => source.path.endsWith(".flow"));
      const { diagnostics } = compile({ settings: DEFAULT_SETTINGS, files });
      const valid = validate(await write(diagnostics.map((d) => findingOf(d, (path) => path))));
      expect({ code, errors: valid ? null : validate.errors }).toEqual({ code, errors: null });
    }
  }
  expect(validate(await write([])) || validate.errors).toBe(true);
  expect(validate({ version: "2.1.0", runs: [{}] })).toBe(false);
});
