/** The only place that knows the order of the phases. */
import type { Machine, TestDef } from "@parley/machine";
import { type Bound, bind } from "./bind/bind.ts";
import { unconcerned } from "./bind/dependents.ts";
import type { Names } from "./bind/names.ts";
import { type CheckedFiles, check, type Findings, type RuleFailure } from "./checks/index.ts";
import { settle } from "./checks/settle.ts";
import { certify, peopleFound, type Shown, show } from "./checks/sound/certificate.ts";
import { anchored, followed, inFiles, released } from "./diagnostics/anchored.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { emitFiles } from "./emit/files.ts";
import { emitMachine } from "./emit/machine.ts";
import { type MachineMap, machineMapJson } from "./emit/map.ts";
import { type BuildReport, buildReport } from "./emit/report.ts";
import { buildGraph } from "./flow/build.ts";
import type { FlowGraph } from "./flow/graph.ts";
import { buildPart, factsOf, type Part, type PartFacts } from "./flow/part.ts";
import { lower } from "./ir/lower.ts";
import { type Translations, translate } from "./locales/translations.ts";
import { withSeverities } from "./project/lint.ts";
import type { LocaleFile } from "./project/locale-file.ts";
import type { Settings } from "./project/settings.ts";
import type { File, FlowDecl } from "./syntax/ast.ts";
import type { TemplatesFile } from "./syntax/listed.ts";
import { readWhole, type Unit } from "./syntax/reader.ts";
import { lazy } from "./text/lazy.ts";
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
  /** By source. */
  readonly units: ReadonlyMap<Source, Unit>;
  readonly bound: Bound;
  readonly typed: Typed;
  readonly checked: CheckedFiles;
  /** Of the files' own flow graphs. */
  readonly facts: () => Facts;
  /** What is shown about the whole graph; undefined where it was never free of findings. */
  readonly shown: () => Shown | undefined;
  readonly how: How;
  readonly compilation: Compilation;
}

/** By source. */
type Facts = ReadonlyMap<Source, PartFacts>;

/** How much of an earlier analysis could stand. */
export interface How {
  /** Files that were not looked at again. */
  readonly kept: number;
  /** Why the rules about the whole graph did not run; undefined where they did. */
  readonly graph: "shown" | undefined;
  /** Files whose ways are others than when these rules last ran. */
  readonly proven: number;
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
  const judged = from ? judgeAgain(named, from, kept, read) : judge(named);
  const { checked } = judged;
  const suppressions = read.flatMap((unit) => unit.suppressions());
  const found = [
    read.flatMap((unit) => released(unit.found)),
    templates?.diagnostics ?? [],
    bound.diagnostics,
    typed.diagnostics,
    translated.diagnostics,
    checked.diagnostics,
  ];
  const diagnostics = inOrder(
    [...sources, ...(templates ? [templates.value.source] : []), ...locales.map(({ source }) => source)],
    withSeverities(inFiles(settle(suppressions, found.flat())), settings.lint),
  );
  const failed = checked.failures.length > 0 || diagnostics.some((d) => d.severity === "error");
  const compilation = compilationOf(
    { ...named, files: wholeFiles(sources, files), diagnostics, failures: checked.failures },
    judged,
    failed,
  );
  const how: How = {
    kept: from ? files.filter(({ source }) => kept(source)).length : 0,
    graph: judged.graph,
    proven: judged.proven,
  };
  return { input, units, bound, typed, ...judged, how, compilation };
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

/** By itself, so that a compilation holds on to nothing of an earlier one. */
function compilationOf(
  analysed: Omit<Compilation, "graph" | "output">,
  { wholeGraph, checked }: Judged,
  failed: boolean,
): Compilation {
  const output = lazy(() =>
    failed ? undefined : emit({ ...analysed, graph: wholeGraph(), layouts: checked.layouts }),
  );
  return {
    ...analysed,
    get graph() {
      return wholeGraph();
    },
    get output() {
      return output();
    },
  };
}

// ---------------------------------------------------------------- graph and rules

type Named = Pick<Compilation, "settings" | "names" | "types" | "translations">;

interface Judged extends Pick<Analysis, "checked" | "facts" | "shown"> {
  readonly wholeGraph: () => FlowGraph;
  readonly graph: How["graph"];
  readonly proven: number;
}

function judge(named: Named): Judged {
  const graph = buildGraph(named.names, named.types);
  const checked = check({ ...named, graph });
  const facts = lazy(() => factsAgain(partsOf(named), named.names.files));
  const shown = lazy(() => (checked.shapely ? shownAt(graph, facts(), named) : undefined));
  return { wholeGraph: () => graph, checked, facts, shown, graph: undefined, proven: 0 };
}

function judgeAgain(named: Named, from: Analysis, kept: (source: Source) => boolean, read: readonly Unit[]): Judged {
  const { names, types, settings } = named;
  const part = partsOf(named);
  const facts = factsAgain(part, names.files, from.facts(), kept);
  const wholeGraph = lazy(() => buildGraph(names, types));
  const before = from.shown();
  const still = before && show(before, { names, settings, facts, part });
  const checked = check(
    { ...named, graph: graphLater(names, facts, wholeGraph) },
    {
      checked: from.checked,
      kept,
      ofShape: still ? NOTHING_FOUND : foundBefore(read, from),
      people: still !== undefined && peopleFound(still, facts),
      graphOf: ({ source }) => part(source).graph,
    },
  );
  const shown = still ?? (checked.shapely ? shownAt(wholeGraph(), facts, named) : undefined) ?? before;
  return {
    wholeGraph,
    checked,
    facts: () => facts,
    shown: () => shown,
    graph: still ? "shown" : undefined,
    proven: still?.proven.size ?? 0,
  };
}

const NOTHING_FOUND = anchored([]);

/** What the rules about the graph's shape found, where nothing has changed but texts. */
function foundBefore(read: readonly Unit[], { units, checked }: Analysis): CheckedFiles["ofShape"] {
  if (!checked.ofShape || read.length !== units.size) return undefined;
  const now = new Map<Source, Unit>();
  for (const unit of read) {
    const { edit, file } = unit;
    if (units.has(file.source)) continue;
    if (!edit || !units.has(edit.before)) return undefined;
    now.set(edit.before, unit);
  }
  return followed(checked.ofShape, (span) => {
    const unit = now.get(span.source);
    if (!unit?.edit) return span;
    const { at, by } = unit.edit;
    const follow = (place: number): number => (place <= at ? place : place + by);
    return { source: unit.file.source, start: follow(span.start), end: follow(span.end) };
  });
}

function shownAt(graph: FlowGraph, facts: Facts, { settings }: Named): Shown | undefined {
  const certificate = certify(graph, facts, settings);
  return certificate && { certificate, proven: new Map() };
}

/** The graph of each file by itself, built when it is first asked for. */
function partsOf({ names, types }: Pick<Named, "names" | "types">): (source: Source) => Part {
  const byPath = new Map(names.files.map((file) => [file.source, file]));
  const parts = new Map<Source, Part>();
  return (source) => {
    let part = parts.get(source);
    if (!part) {
      const flows = byPath.get(source)?.declarations.filter((d) => d.kind === "FlowDecl") ?? [];
      part = buildPart(
        names,
        types,
        flows.filter((flow) => names.flows.get(flow.name.text) === flow),
      );
      parts.set(source, part);
    }
    return part;
  };
}

function factsAgain(
  part: (source: Source) => Part,
  files: readonly File[],
  before?: Facts,
  kept: (source: Source) => boolean = () => false,
): Facts {
  return new Map(files.map(({ source }) => [source, (kept(source) && before?.get(source)) || factsOf(part(source))]));
}

/** A graph that is built when one of its nodes is asked for; what rules about single files ask is known before. */
function graphLater(names: Names, facts: Facts, whole: () => FlowGraph): FlowGraph {
  const enteredNames = new Set<string>();
  const brokenNames = new Set<string>();
  let lost = false;
  for (const one of facts.values()) {
    for (const name of one.entered) enteredNames.add(name);
    for (const name of one.broken) brokenNames.add(name);
    lost ||= one.lost;
  }
  const entered = new Set<FlowDecl>();
  const broken = new Set<FlowDecl>();
  for (const [name, flow] of names.flows) {
    if (enteredNames.has(name)) entered.add(flow);
    if (lost || brokenNames.has(name)) broken.add(flow);
  }
  return {
    entered,
    broken,
    get nodes() {
      return whole().nodes;
    },
    get states() {
      return whole().states;
    },
    get triggers() {
      return whole().triggers;
    },
    get entries() {
      return whole().entries;
    },
    get asks() {
      return whole().asks;
    },
    get unreachable() {
      return whole().unreachable;
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
