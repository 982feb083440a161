/** The fixtures of the language: for each construct a small program that is right. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type Compilation, compile } from "../src/compile.ts";
import { parseLocale } from "../src/project/locale-file.ts";
import { DEFAULT_SETTINGS, type Settings } from "../src/project/settings.ts";
import { parseTemplates } from "../src/syntax/listed.ts";

const FOLDER = new URL("fixtures/language/", import.meta.url);

export const FIXTURES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".flow"))
  .map((name) => name.slice(0, -".flow".length))
  .sort();

/** A shop in India that speaks two languages, so that everything can be sent; most fixtures have no translations. */
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  locales: { ...DEFAULT_SETTINGS.locales, others: ["es"] },
  catalog: "194836987003835",
  business: { country: "IN", compliance: "filed" },
  markets: ["IN"],
  env: ["API_TOKEN"],
  hours: { office: "mon-fri 08:00-12:00, 14:00-18:00, closed 01-07" },
  lint: { P7001: "off" },
};

/** `NAME.es.yaml` and `NAME.templates.yaml` belong to `NAME.flow`. */
export function compileFixture(name: string): Compilation {
  const read = (file: string): string => readFileSync(new URL(file, FOLDER), "utf8");
  const has = (file: string): boolean => existsSync(new URL(file, FOLDER));
  const [locale, listed] = [`${name}.es.yaml`, `${name}.templates.yaml`];
  return compile({
    settings: has(locale) ? { ...SETTINGS, lint: {} } : SETTINGS,
    files: [{ path: `${name}.flow`, text: read(`${name}.flow`) }],
    locales: has(locale) ? [parseLocale({ path: locale, text: read(locale) }, "es")] : [],
    ...(has(listed) ? { templates: parseTemplates({ path: listed, text: read(listed) }) } : {}),
  });
}
