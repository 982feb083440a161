/** The locale files of a project: `<dir>/<locale>.yaml` of each other language. */
import { join } from "node:path";
import type { Diagnostic, LocaleFile, Settings, Source } from "@parley/compiler";
import { kindOf, readText } from "./files.ts";

export interface Locales {
  readonly locales: readonly LocaleFile[];
  /** P7001 of files that are not there. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Relative to the project, with `/`. */
export function localePath({ locales }: Settings, locale: string): string {
  const dir = locales.dir.replace(/^\.\//, "").replace(/\/+$/, "");
  return dir === "" || dir === "." ? `${locale}.yaml` : `${dir}/${locale}.yaml`;
}

/** `file`: the project file, where the languages are named. */
export async function localesOf(
  dir: string,
  settings: Settings,
  file: Source,
  show: (path: string) => string,
): Promise<Locales> {
  const locales: LocaleFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const { default: first, others } = settings.locales;
  // Only projects need the reader of YAML.
  const { localeFileMissing, parseLocale } = await import("./settings.ts");
  for (const locale of others.filter((name) => name !== first)) {
    const path = localePath(settings, locale);
    if (kindOf(join(dir, path), show(path)) === "missing") {
      diagnostics.push(localeFileMissing(file, locale, path));
    } else locales.push(parseLocale({ path, text: readText(join(dir, path), show(path)) }, locale));
  }
  return { locales, diagnostics };
}
