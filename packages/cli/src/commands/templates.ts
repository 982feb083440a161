import { mkdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { compareTemplates, type Source, templateRequests } from "@parley/compiler";
import { type TemplateRequest, validateTemplate } from "@parley/whatsapp";
import { BugIn, EXIT, UsageError } from "../exit.ts";
import { FORMATS } from "../formats/index.ts";
import { plural } from "../formats/plural.ts";
import { type Compiled, outputOf, reportOn } from "../project/compile.ts";
import { readText, reasonOf } from "../project/files.ts";
import { showPath } from "../project/show.ts";
import { compileForUse } from "../project/use.ts";
import { statusOf, writeReport, writeText } from "../report/write.ts";
import { TEMPLATE_FORMATS } from "../templates/formats.ts";
import type { Options, Run } from "./command.ts";
import { limitsOf, outputsOf } from "./options.ts";

export const templates: Run = async ([path], options) => {
  const outputs = outputsOf(options.format ?? ["human"], TEMPLATE_FORMATS);
  const limits = { ...limitsOf(options), outputs: outputsOf(["human"], FORMATS) };
  const compiled = await compileForUse(path);
  const output = compiled && outputOf(compiled);
  if (!output) return EXIT.findings;
  const { requests, diagnostics } = templateRequests(compiled.compilation.names, output.machine);
  const compared = compare(compiled, requests, options);
  const found = { ...compiled, diagnostics: [...diagnostics, ...compared] };
  const report = reportOn([found]);
  if (report.findings.length > 0) await writeReport(report, limits, process.stderr);
  if (diagnostics.length === 0) for (const request of requests) mustBeValid(request);
  for (const { format, file } of outputs) {
    const text = (await format())(requests);
    if (file === undefined) process.stdout.write(text);
    else writeText(file, text);
  }
  if (options.out !== undefined && report.errors === 0) writeAll(resolve(process.cwd(), options.out), requests);
  return statusOf(report, limits);
};

function compare({ project, compilation }: Compiled, requests: readonly TemplateRequest[], { check }: Options) {
  if (typeof check !== "string") return [];
  const file = resolve(process.cwd(), check);
  const source: Source = {
    path: relative(project.dir, file).split(sep).join("/"),
    text: readText(file, showPath(file, process.cwd())),
  };
  return compareTemplates(compilation.names, requests, source);
}

/** A program without findings gives requests that are right: anything else is a bug of ours. */
function mustBeValid(request: TemplateRequest): void {
  const [first] = validateTemplate(request);
  if (first) throw new BugIn(`the template ${request.name}`, new Error(`${first.path}: ${first.details}`));
}

/** One file for each template and language. */
function writeAll(dir: string, requests: readonly TemplateRequest[]): void {
  const shown = showPath(dir, process.cwd());
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}`);
  }
  for (const request of requests) {
    writeText(join(dir, `${request.name}.${request.language}.json`), `${JSON.stringify(request, null, 2)}\n`);
  }
  process.stderr.write(`wrote ${plural(requests.length, "file")} to ${shown}\n`);
}
