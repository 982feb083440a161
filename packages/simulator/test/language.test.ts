/** What the language's description says, sentence by sentence: each `.flow` file beside this one holds tests named as claims. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import {
  type Compilation,
  compile,
  DEFAULT_SETTINGS,
  describe as inWords,
  type LocaleFile,
  parseLocale,
  parseTemplates,
  positionAt,
} from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { renderTranscript, runTests } from "../src/index.ts";

const FOLDER = new URL("language/", import.meta.url);

/** A shop in India, so that every kind of message may be sent. */
const SETTINGS = {
  ...DEFAULT_SETTINGS,
  catalog: "194836987003835",
  business: { country: "IN", compliance: "filed" },
  env: ["API_TOKEN"],
  hours: { office: "mon-fri 08:00-12:00, 14:00-18:00, closed 01-07", night: "mon 22:00-02:00" },
} as const;

function compiled(path: string): Compilation {
  const files = [{ path, text: readFileSync(new URL(path, FOLDER), "utf8") }];
  const listed = path.replace(".flow", ".templates.json");
  const templates = existsSync(new URL(listed, FOLDER))
    ? parseTemplates({ path: listed, text: readFileSync(new URL(listed, FOLDER), "utf8") })
    : undefined;
  const locales = localesOf(path);
  const others = locales.map(({ locale }) => locale);
  const settings = {
    ...SETTINGS,
    markets: path === "phones.flow" ? ["IN"] : [],
    locales: { ...SETTINGS.locales, others },
  };
  return compile({ settings, files, ...(templates ? { templates } : {}), locales });
}

/** `languages.de.yaml` beside `languages.flow` is its German. */
function localesOf(path: string): readonly LocaleFile[] {
  const name = path.replace(".flow", "");
  const files = readdirSync(FOLDER).filter((file) => file.startsWith(`${name}.`) && file.endsWith(".yaml"));
  return files.map((file) => {
    const text = readFileSync(new URL(file, FOLDER), "utf8");
    return parseLocale({ path: file, text }, file.slice(name.length + 1, -".yaml".length));
  });
}

function errorsOf(compilation: Compilation): readonly string[] {
  const errors = compilation.diagnostics.filter(({ severity }) => severity === "error");
  return errors.map((d) => `${positionAt(d.span.source, d.span.start).line}: ${d.code} ${inWords(d)}`);
}

describe.each(readdirSync(FOLDER).filter((name) => name.endsWith(".flow")))("%s", (path) => {
  const compilation = compiled(path);

  test("compiles", () => {
    expect(errorsOf(compilation)).toEqual([]);
    expect(compilation.output?.tests.length).toBeGreaterThan(0);
  });

  const { output } = compilation;
  const cases = output?.tests.map((one) => [one.title, one, output.machine] as const) ?? [];
  test.each(cases)("%s", async (_, one, machine) => {
    const { results } = await runTests({ machine, tests: [one] });
    const failures = results.filter(({ failure }) => failure !== undefined);
    expect(failures.map((r) => `${JSON.stringify(r.failure)}\n${renderTranscript(r.transcript)}`)).toEqual([]);
  });
});
