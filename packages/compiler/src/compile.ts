/** The only place that knows the order of the phases. */
import type { Machine, TestDef } from "@parley/machine";
import { type Bound, bind } from "./bind/bind.ts";
import { unconcerned } from "./bind/dependents.ts";
import type { Names } from "./bind/names.ts";
import type { Findings, RuleFailure } from "./checks/index.ts";
import { settle } from "./checks/settle.ts";
import { inFiles, released } from "./diagnostics/anchored.ts";
import type { Diagnostic, Phase } from "./diagnostics/diagnostic.ts";
import { emitFiles } from "./emit/files.ts";
import { emitMachine } from "./emit/machine.ts";
import { type MachineMap, machineMapJson } from "./emit/map.ts";
import { type BuildReport, buildReport } from "./emit/report.ts";
import type { FlowGraph } from "./flow/graph.ts";
import { lower } from "./ir/lower.ts";
import { type Judged, type JudgedBefore, judge, judgeAgain, type Named } from "./judge.ts";
import { type Translations, translate } from "./locales/translations.ts";
import { withSeverities } from "./project/lint.ts";
import type { LocaleFile } from "./project/locale-file.ts";
import type { Settings } from "./project/settings.ts";
import type { File } from "./syntax/ast.ts";
import type { TemplatesFile } from "./syntax/listed.ts";
import { readWhole, type Unit } from "./syntax/reader.ts";
import { type Lazily, lazily, lazy } from "./text/lazy.ts";
import { type Source, wholeOf } from "./text/source.ts";
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

/** What is known of a project: as much as its text allows. What the rules say is found when it is first read. */
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
  /** By source. */
  readonly units: ReadonlyMap<Source, Unit>;
  readonly bound: Bound;
  readonly typed: Typed;
  readonly judging: Judging;
  /** Number of files that were not looked at again. */
  readonly keptFiles: number;
  readonly compilation: Compilation;
}

/** `before` changes nothing but the time that this takes. `read`: the files, as one reader read those of both. */
export function analyse(input: Input, before?: Analysis, read: readonly Unit[] = unitsOf(input, before)): Analysis {
  const { settings, files: sources, templates, locales = [] } = input;
  const units = new Map(read.map((unit) => [unit.file.source, unit]));
  const files = read.map(({ file }) => file);
  const all = templates ? [...files, templates.value] : files;
  const known = before && isComparable(input, before) ? before : undefined;
  const untouched = known ? unconcernedFiles(files, known) : NO_SOURCES;
  const boundAgain = bind(all, known && { bound: known.bound, kept: (source) => untouched.has(source) });
  // Of two declarations of one name the first counts, wherever it is.
  const from = known && !hasDuplicates(boundAgain) ? known : undefined;
  const bound = from || !known ? boundAgain : bind(all);
  const entered = from ? flowsEnteredOtherwise(bound, from.bound) : NO_SOURCES;
  const kept = (source: Source): boolean => from !== undefined && untouched.has(source) && !entered.has(source);
  const typed = typeProgram(bound.value, from && { typed: from.typed, kept });
  const translated = translate(bound.value, settings, locales);
  const named = { settings, names: bound.value, types: typed.value, translations: translated.value };
  const standing = from && stillStanding(from, kept);
  const keptFiles = from ? files.filter(({ source }) => kept(source)).length : 0;
  const judging = judgeLater(named, standing, read);
  const diagnostics = tellLater(input, read, { templates, bound, typed, translated }, judging);
  const compilation = compilationOf({ ...named, files: wholeFiles(sources, files) }, judging, diagnostics);
  return { input, units, bound, typed, judging, keptFiles, compilation };
}

// What is made later is made by functions of its own: a closure holds on to all that its function had, and so each analysis
// would to the one before it.

export interface Judging extends Lazily<Judged> {
  /** What the rules said last, of this text or, while that is not judged, of one before it. */
  readonly standing: (units: Analysis["units"]) => JudgedBefore | undefined;
}

function judgeLater(named: Named, standing: JudgedBefore | undefined, read: readonly Unit[]): Judging {
  let before = standing;
  const judged = lazily(() => {
    const made = before ? judgeAgain(named, before, read) : judge(named);
    before = undefined;
    return made;
  });
  return {
    get value() {
      return judged.value;
    },
    get isMade() {
      return judged.isMade;
    },
    standing: (units) => (judged.isMade ? { ...judged.value, units, kept: () => true } : before),
  };
}

function tellLater(
  { files, templates, locales = [], settings }: Input,
  read: readonly Unit[],
  phases: FoundBefore,
  judging: Judging,
): () => readonly Diagnostic[] {
  const places = [...files, ...(templates ? [templates.value.source] : []), ...locales.map(({ source }) => source)];
  return lazy(() => {
    const found = settle(
      read.flatMap((unit) => unit.suppressions()),
      foundIn(read, phases, judging.value),
    );
    return inOrder(places, withSeverities(inFiles(found), settings.lint));
  });
}

/** Materialised, or each text that is not judged would hold on to the one before it. */
function stillStanding({ judging, units }: Analysis, kept: (source: Source) => boolean): JudgedBefore | undefined {
  const last = judging.standing(units);
  if (!last) return undefined;
  const still = new Set([...last.units.keys()].filter((source) => last.kept(source) && kept(source)));
  return { ...last, kept: (source) => still.has(source) };
}

function foundIn(
  read: readonly Unit[],
  { templates, bound, typed, translated }: FoundBefore,
  { checked }: Judged,
): readonly Diagnostic[] {
  return [
    ...read.flatMap((unit) => released(unit.found)),
    ...(templates?.diagnostics ?? []),
    ...bound.diagnostics,
    ...typed.diagnostics,
    ...translated.diagnostics,
    ...checked.diagnostics,
  ];
}

/** Phases that are over before the rules look at anything. */
interface FoundBefore {
  readonly templates: TemplatesFile | undefined;
  readonly bound: Bound;
  readonly typed: Typed;
  readonly translated: Phase<Translations>;
}

function unitsOf({ files }: Input, before: Analysis | undefined): readonly Unit[] {
  return files.map((source) => before?.units.get(source) ?? readWhole(source));
}

/** With the declarations of their parts. */
function wholeFiles(sources: readonly Source[], files: readonly File[]): readonly File[] {
  if (files.every(({ source }) => !source.part)) return files;
  const bySource = Map.groupBy(files, ({ source }) => wholeOf(source));
  return sources.map((source): File => {
    const parts = bySource.get(source) ?? [];
    const [only] = parts;
    if (only?.source === source) return only;
    const declarations = parts.flatMap((part) => part.declarations);
    return { kind: "File", source, start: 0, end: source.text.length, declarations };
  });
}

const NO_SOURCES: ReadonlySet<Source> = new Set();

/** By itself, so that a compilation holds on to nothing of an earlier one once it is judged. */
function compilationOf(
  analysed: Pick<Compilation, "settings" | "names" | "types" | "translations" | "files">,
  judged: Lazily<Judged>,
  diagnostics: () => readonly Diagnostic[],
): Compilation {
  const output = lazy(() => {
    const { checked, wholeGraph } = judged.value;
    const failed = checked.failures.length > 0 || diagnostics().some((d) => d.severity === "error");
    return failed ? undefined : emit({ ...analysed, graph: wholeGraph(), layouts: checked.layouts });
  });
  return {
    ...analysed,
    get graph() {
      return judged.value.wholeGraph();
    },
    get diagnostics() {
      return diagnostics();
    },
    get failures() {
      return judged.value.checked.failures;
    },
    get output() {
      return output();
    },
  };
}

/** Everything but `.flow` files concerns every file. */
function isComparable(input: Input, { input: before, bound }: Analysis): boolean {
  const [locales, known] = [input.locales ?? [], before.locales ?? []];
  if (locales.length !== known.length || !locales.every((file, i) => file === known[i])) return false;
  return input.settings === before.settings && input.templates === before.templates && !hasDuplicates(bound);
}

/** In two files: within one they change nothing for the others. */
function hasDuplicates({ diagnostics }: Bound): boolean {
  return diagnostics.some(
    ({ code, span, related }) => code === "P2002" && related.some((other) => other.span.source !== span.source),
  );
}

/** What a mistake in a file says can depend on the names of all. */
function unconcernedFiles(files: readonly File[], { units, bound, typed }: Analysis): ReadonlySet<Source> {
  const now = new Set(files.map((file) => file.source));
  const isOpen = ({ source }: File): boolean =>
    !units.has(source) ||
    (bound.found.get(source)?.length ?? 0) + (typed.found.get(source)?.diagnostics.length ?? 0) > 0;
  const removed = [...units.values()].map(({ file }) => file).filter(({ source }) => !now.has(source));
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
  const map = lazy(() => machineMapJson(program, machine.hash));
  const readMap = lazy(() => JSON.parse(map()) as MachineMap);
  const report = lazy(() => buildReport({ ...analysed, machine }));
  const files = lazy(() => emitFiles({ names, settings, program, machine, json, map: map(), report: report() }));
  return {
    machine,
    tests: program.tests,
    get map() {
      return readMap();
    },
    get report() {
      return report();
    },
    get files() {
      return files();
    },
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
