/** Every text that a user sees can be translated: the places of locale files against the texts of machines. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compile, DEFAULT_SETTINGS } from "../../src/index.ts";
import { lower } from "../../src/ir/lower.ts";
import { translatables } from "../../src/locales/keys.ts";

const LANGUAGE = new URL("../../../simulator/test/language/", import.meta.url);
const EXAMPLES = new URL("../../../../examples/", import.meta.url);

function flowsIn(folder: URL): readonly (readonly [name: string, files: { path: string; text: string }[]])[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".flow"));
  return names
    .filter((name) => !name.includes("node_modules"))
    .map((path) => {
      return [path, [{ path, text: readFileSync(new URL(path, folder), "utf8") }]] as const;
    });
}

test.each([...flowsIn(LANGUAGE), ...flowsIn(EXAMPLES)])("each text of %s has exactly one place", (_, files) => {
  const settings = { ...DEFAULT_SETTINGS, catalog: "1", business: { country: "IN", compliance: "filed" } as const };
  const compilation = compile({ settings, files });
  const { names, types } = compilation;
  const places = new Map<unknown, number>();
  for (const { texts, of } of translatables(names).values()) {
    for (const text of texts) places.set(text, (places.get(text) ?? 0) + 1);
    if (of.kind === "case") places.set(of.enumCase.name, 1);
  }
  // Of a file that needs others to compile, what can be lowered is.
  const layouts = new Map();
  const { places: lowered } = lower(names, types, settings, layouts);
  const untranslatable = lowered.texts.filter(({ key, span, text }) => {
    if (key.endsWith(".queue") || text.length === 0) return false;
    return "kind" in span && places.get(span) !== 1;
  });
  expect(untranslatable.map(({ key }) => key)).toEqual([]);
});
