/** Reads the pages of `docs/diagnostics`: their examples are blocks marked ```` ```flow bad [FILE] ````, `good`, or `yaml bad`. */
import { readdirSync, readFileSync } from "node:fs";
import {
  DEFAULT_SETTINGS,
  type Diagnostic,
  type LocaleFile,
  localeFileMissing,
  parseLocale,
  parseProject,
  parseTemplates,
  type Settings,
  type Source,
  type TemplatesFile,
} from "../../packages/compiler/src/index.ts";

export const PAGES: URL = new URL("../diagnostics/", import.meta.url);

export interface Page {
  readonly code: string;
  readonly file: string;
  readonly text: string;
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
}

/** The files of one project. */
export type Example = readonly Source[];

export function readPages(): readonly Page[] {
  return readdirSync(PAGES)
    .filter((file) => /^P[0-9]{4}-/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, PAGES), "utf8");
      return { code: file.slice(0, 5), file, text, bad: examplesOf(text, "bad"), good: examplesOf(text, "good") };
    });
}

/** Blocks of one role; a file name that comes again begins the next example. */
function examplesOf(text: string, role: "bad" | "good"): readonly Example[] {
  const examples: Source[][] = [];
  for (const [, language, of, name, body = ""] of text.matchAll(
    /^```(flow|yaml) (bad|good)(?: (\S+))?\n([\s\S]*?)^```$/gm,
  )) {
    if (of !== role) continue;
    const path = name ?? (language === "yaml" ? "parley.yaml" : "main.flow");
    const last = examples.at(-1);
    if (!last || last.some((source) => source.path === path)) examples.push([{ path, text: body }]);
    else last.push({ path, text: body });
  }
  return examples;
}

/**
 * The project that an example is: its settings, its flows, and what is wrong with the settings. An example is a piece of a bot:
 * that it has no way to a person is told only on the page of that finding.
 */
export function projectOf(
  example: Example,
  code = "",
): {
  readonly settings: Settings;
  readonly files: readonly Source[];
  readonly templates?: TemplatesFile;
  readonly locales?: readonly LocaleFile[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const file = example.find((source) => source.path === "parley.yaml");
  const files = example.filter((source) => source.path.endsWith(".flow"));
  if (!file) return { settings: DEFAULT_SETTINGS, files, diagnostics: [] };
  const { value, diagnostics } = parseProject(file, "example");
  const settings: Settings = code === "P9001" ? value : { ...value, lint: { P9001: "off", ...value.lint } };
  const templates = example.find((source) => source.path === value.templates);
  const locales = settings.locales.others.flatMap((locale) => {
    const path = `${settings.locales.dir}/${locale}.yaml`;
    return example.filter((source) => source.path === path).map((source) => parseLocale(source, locale));
  });
  const missing = settings.locales.others.filter((locale) => !locales.some((l) => l.locale === locale));
  const absent = missing.map((locale) => localeFileMissing(file, locale, `${settings.locales.dir}/${locale}.yaml`));
  return {
    settings,
    files,
    ...(templates ? { templates: parseTemplates(templates) } : {}),
    locales,
    diagnostics: [...diagnostics, ...absent],
  };
}
