/** Translations: `extract` writes what there is to translate, `check` reports what is not as it should be. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Extracted, extractLocale, type LocaleFile, localePath } from "@parley/compiler";
import { EXIT, UsageError } from "../exit.ts";
import { plural } from "../formats/plural.ts";
import { bugIn, type Compiled, compileProject, reportOn } from "../project/compile.ts";
import { reasonOf } from "../project/files.ts";
import { loadProject } from "../project/load.ts";
import { replaceText } from "../repair/replace.ts";
import { statusOf, writeReport } from "../report/write.ts";
import type { Options, Run } from "./command.ts";
import { reportOptions } from "./options.ts";

export const i18n: Run = async ([what = "", path, ...more], options) => {
  if (what !== "extract" && what !== "check") {
    throw new UsageError(`there is no parley i18n ${what}; there are extract and check`);
  }
  if (more.length > 0) throw new UsageError("one bot at a time");
  if (what === "check" && options.check) throw new UsageError("--check belongs to extract");
  const project = await loadProject(path, process.cwd());
  const compiled = compileProject(project);
  const bug = bugIn([compiled]);
  if (bug) throw bug;
  if (project.settings.locales.others.length === 0) {
    throw new UsageError(`${project.show(".")} has one language; others are named in \`locales\` of parley.yaml`);
  }
  return what === "extract" ? extract(compiled, options) : check(compiled, options);
};

// ---------------------------------------------------------------- extract

function extract({ project, compilation }: Compiled, { check: dry }: Options): number {
  let differ = false;
  for (const locale of project.settings.locales.others) {
    const path = localePath(project.settings, locale);
    const current = project.locales?.find((file) => file.locale === locale);
    const extracted = extractLocale(compilation.translations, locale, current);
    const changed = extracted.text !== current?.source.text && !extracted.broken;
    differ ||= changed || extracted.broken;
    if (changed && !dry) write(join(project.dir, path), project.show(path), extracted.text, current);
    process.stdout.write(`${project.show(path)}: ${summary(extracted, changed, dry === true)}\n`);
  }
  return dry && differ ? EXIT.findings : EXIT.clean;
}

function summary(extracted: Extracted, changed: boolean, dry: boolean): string {
  if (extracted.broken) return "is no YAML, left as it is";
  const { added, translated, needed, outOfDate } = extracted;
  return [
    `${translated} of ${plural(needed, "text")} translated`,
    ...(added > 0 ? [`${added} ${dry ? "to add" : "added"}`] : []),
    ...(outOfDate > 0 ? [`${outOfDate} out of date`] : []),
    ...(changed ? [] : ["nothing to write"]),
  ].join(", ");
}

/** A file that has changed, or has come to be there, in the meantime is not replaced. */
function write(path: string, shown: string, text: string, current: LocaleFile | undefined): void {
  if (current) return replaceText(path, current.source.text, text, shown);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}`);
  }
}

// ---------------------------------------------------------------- check

/** The findings of the locale files alone; of these each one counts, so that CI holds the languages together. */
async function check(compiled: Compiled, options: Options): Promise<number> {
  const how = reportOptions(options);
  const { project } = compiled;
  const paths = new Set(project.locales?.map(({ source }) => source.path));
  const diagnostics = compiled.diagnostics.filter((d) => d.code.startsWith("P7") || paths.has(d.span.source.path));
  const report = reportOn([{ ...compiled, diagnostics }]);
  await writeReport(report, how);
  const strict = options.maxWarnings === undefined && diagnostics.some((d) => d.severity === "warning");
  return strict ? EXIT.findings : statusOf(report, how);
}
