/** The only place that knows the order of the phases. */
import type { Machine, TestDef } from "@parley/machine";
import { bind } from "./bind/bind.ts";
import type { Names } from "./bind/names.ts";
import { check, type Findings, type RuleFailure } from "./checks/index.ts";
import { settle } from "./checks/settle.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { emitFiles } from "./emit/files.ts";
import { emitMachine } from "./emit/machine.ts";
import { type MachineMap, machineMap } from "./emit/map.ts";
import { type BuildReport, buildReport } from "./emit/report.ts";
import { buildGraph } from "./flow/build.ts";
import type { FlowGraph } from "./flow/graph.ts";
import { lower } from "./ir/lower.ts";
import { type Translations, translate } from "./locales/translations.ts";
import { withSeverities } from "./project/lint.ts";
import type { LocaleFile } from "./project/locale-file.ts";
import type { Settings } from "./project/settings.ts";
import type { File } from "./syntax/ast.ts";
import type { TemplatesFile } from "./syntax/listed.ts";
import { parse } from "./syntax/parse.ts";
import type { Source } from "./text/source.ts";
import type { Types } from "./types/type.ts";
import { types as typeProgram } from "./types/types.ts";

export interface Input {
  readonly settings: Settings;
  readonly files: readonly Source[];
  /** The file of `templates:`, read with `parseTemplates`. */
  readonly templates?: TemplatesFile;
  /** Of the files of `locales.others`, each read with `parseLocale`. */
  readonly locales?: readonly LocaleFile[];
}

/** What is known of a project: as much as its text allows. */
export interface Compilation {
  readonly settings: Settings;
  readonly files: readonly File[];
  readonly names: Names;
  readonly types: Types;
  readonly graph: FlowGraph;
  readonly translations: Translations;
  /** By file in the order of the input, then by place; each once; with the project's severities. */
  readonly diagnostics: readonly Diagnostic[];
  /** Rules that failed by a bug of ours; the others have run. */
  readonly failures: readonly RuleFailure[];
  /** Absent where an error was found. Made when it is first read. */
  readonly output: Output | undefined;
}

export interface Output {
  readonly machine: Machine;
  readonly tests: readonly TestDef[];
  readonly map: MachineMap;
  readonly report: BuildReport;
  /** The files of `parley build` by path; made when first read. */
  readonly files: ReadonlyMap<string, string>;
}

export function compile({ settings, files: sources, templates, locales = [] }: Input): Compilation {
  const parsed = sources.map(parse);
  const files = parsed.map((phase) => phase.value);
  const bound = bind(templates ? [...files, templates.value] : files);
  const typed = typeProgram(bound.value);
  const translated = translate(bound.value, settings, locales);
  const graph = buildGraph(bound.value, typed.value);
  const program = { settings, names: bound.value, types: typed.value, graph, translations: translated.value };
  const checked = check(program);
  const found = [
    parsed.flatMap((phase) => phase.diagnostics),
    templates?.diagnostics ?? [],
    bound.diagnostics,
    typed.diagnostics,
    translated.diagnostics,
    checked.diagnostics,
  ];
  const diagnostics = inOrder(
    [...sources, ...(templates ? [templates.value.source] : []), ...locales.map(({ source }) => source)],
    withSeverities(settle(sources, found.flat()), settings.lint),
  );
  const failed = checked.failures.length > 0 || diagnostics.some((d) => d.severity === "error");
  const output = lazy(() => (failed ? undefined : emit({ ...program, layouts: checked.layouts })));
  const { failures } = checked;
  return {
    ...program,
    files,
    diagnostics,
    failures,
    get output() {
      return output();
    },
  };
}

/** The files of `parley build`: path relative to the output folder, and content. Equal inputs give equal bytes. */
export function buildFiles(output: Output): ReadonlyMap<string, string> {
  return output.files;
}

type Analysed = Pick<Compilation, "settings" | "names" | "types" | "graph" | "translations"> &
  Pick<Findings, "layouts">;

function emit(analysed: Analysed): Output {
  const { settings, names, types, layouts } = analysed;
  const { languages } = analysed.translations;
  const program = lower(names, types, settings, layouts, languages);
  const { machine, json } = emitMachine(program, settings, languages);
  const map = lazy(() => machineMap(program, machine.hash));
  const report = lazy(() => buildReport({ ...analysed, machine }));
  const files = lazy(() => emitFiles({ names, settings, program, machine, json, map: map(), report: report() }));
  return {
    machine,
    tests: program.tests,
    get map() {
      return map();
    },
    get report() {
      return report();
    },
    get files() {
      return files();
    },
  };
}

/** Made once, when it is first asked for. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function inOrder(sources: readonly Source[], diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const order = new Map(sources.map((source, i) => [source, i]));
  const key = (d: Diagnostic): string =>
    `${order.get(d.span.source)} ${d.code} ${d.span.start} ${d.span.end} ${JSON.stringify(d.args)}`;
  const once = [...new Map(diagnostics.map((d) => [key(d), d])).values()];
  return once.sort(
    (a, b) =>
      (order.get(a.span.source) ?? 0) - (order.get(b.span.source) ?? 0) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
