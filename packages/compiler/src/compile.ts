/** The only place that knows the order of the phases. */
import type { Machine, TestDef } from "@parley/machine";
import { type Bound, bind } from "./bind/bind.ts";
import { unconcerned } from "./bind/dependents.ts";
import type { Names } from "./bind/names.ts";
import { type CheckedFiles, check, type Findings, type RuleFailure } from "./checks/index.ts";
import { settle } from "./checks/settle.ts";
import type { Diagnostic, Phase } from "./diagnostics/diagnostic.ts";
import { emitFiles } from "./emit/files.ts";
import { emitMachine } from "./emit/machine.ts";
import { type MachineMap, machineMap } from "./emit/map.ts";
import { type BuildReport, buildReport } from "./emit/report.ts";
import { buildGraph } from "./flow/build.ts";
import type { FlowGraph } from "./flow/graph.ts";
import { rebuildGraph, sameShape } from "./flow/rebuild.ts";
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
import { silentFlows, type Typed, types as typeProgram } from "./types/types.ts";

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

export function compile(input: Input): Compilation {
  return analyse(input).compilation;
}

/** A compilation with what the next one can take over from it. */
export interface Analysis {
  readonly input: Input;
  readonly parsed: ReadonlyMap<Source, Phase<File>>;
  readonly bound: Bound;
  readonly typed: Typed;
  readonly checked: CheckedFiles;
  readonly compilation: Compilation;
}

/** `before` changes nothing but the time that this takes. */
export function analyse(input: Input, before?: Analysis): Analysis {
  const { settings, files: sources, templates, locales = [] } = input;
  const bySource = new Map(sources.map((source) => [source, before?.parsed.get(source) ?? parse(source)]));
  const parsed = [...bySource.values()];
  const files = parsed.map((phase) => phase.value);
  const all = templates ? [...files, templates.value] : files;
  const known = before && isComparable(input, before) ? before : undefined;
  const untouched = known && unconcernedFiles(files, known);
  const named = (source: Source): boolean => untouched?.has(source) ?? false;
  const boundAgain = bind(all, known && { bound: known.bound, kept: named });
  // Of two declarations of one name the first counts, wherever it is.
  const from = known && !hasDuplicates(boundAgain) ? known : undefined;
  const bound = from || !known ? boundAgain : bind(all);
  const entered = from && flowsEnteredOtherwise(bound, from.bound);
  const kept = (source: Source): boolean => from !== undefined && named(source) && !entered?.has(source);
  const typed = typeProgram(bound.value, from && { typed: from.typed, kept });
  const translated = translate(bound.value, settings, locales);
  const old = from?.compilation.graph;
  const graph = (old && rebuildGraph(bound.value, typed.value, old, kept)) ?? buildGraph(bound.value, typed.value);
  const program = { settings, names: bound.value, types: typed.value, graph, translations: translated.value };
  const checked = check(
    program,
    from && { checked: from.checked, kept, sameShape: old !== undefined && sameShape(old, graph) },
  );
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
  const compilation: Compilation = {
    ...program,
    files,
    diagnostics,
    failures,
    get output() {
      return output();
    },
  };
  return { input, parsed: bySource, bound, typed, checked, compilation };
}

/** Everything but `.flow` files concerns every file. */
function isComparable(input: Input, { input: before, bound }: Analysis): boolean {
  const others = (one: Input): number => (one.locales?.length ?? 0) + (one.templates ? 1 : 0);
  if (input.settings !== before.settings || others(input) + others(before) > 0) return false;
  return input.settings.locales.others.length === 0 && !hasDuplicates(bound);
}

function hasDuplicates({ diagnostics }: Bound): boolean {
  return diagnostics.some(({ code }) => code === "P2002");
}

/** What a mistake in a file says can depend on the names of all. */
function unconcernedFiles(files: readonly File[], { parsed, bound, typed }: Analysis): ReadonlySet<Source> {
  const now = new Set(files.map((file) => file.source));
  const isOpen = ({ source }: File): boolean =>
    !parsed.has(source) ||
    (bound.found.get(source)?.length ?? 0) + (typed.found.get(source)?.diagnostics.length ?? 0) > 0;
  const removed = [...parsed.values()].map((phase) => phase.value).filter(({ source }) => !now.has(source));
  return unconcerned(files, [...files.filter(isOpen), ...removed]);
}

/** Files of flows that others enter now and did not, or the other way round, or that events can start now. */
function flowsEnteredOtherwise(now: Bound, before: Bound): ReadonlySet<Source> {
  const found = new Set<Source>();
  const [silent, was] = [silentFlows(now.value), silentFlows(before.value)];
  for (const flow of now.value.flows.values()) {
    const same = now.value.enteredFrom.has(flow) === before.value.enteredFrom.has(flow);
    if (!same || silent.has(flow) !== was.has(flow)) found.add(flow.source);
  }
  return found;
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
