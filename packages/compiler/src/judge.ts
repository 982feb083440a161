/** What the rules say of a project: by itself, or from what they said before some of its files changed. */
import type { Names } from "./bind/names.ts";
import { type CheckedFiles, check } from "./checks/index.ts";
import { certify, peopleFound, type Shown, show } from "./checks/sound/certificate.ts";
import { anchored, followed } from "./diagnostics/anchored.ts";
import { buildGraph } from "./flow/build.ts";
import type { FlowGraph } from "./flow/graph.ts";
import { buildPart, factsOf, type Part, type PartFacts } from "./flow/part.ts";
import type { Translations } from "./locales/translations.ts";
import type { Settings } from "./project/settings.ts";
import type { File, FlowDecl } from "./syntax/ast.ts";
import type { Unit } from "./syntax/reader.ts";
import { moved } from "./syntax/slight-edit.ts";
import { lazy } from "./text/lazy.ts";
import type { Source } from "./text/source.ts";
import type { Types } from "./types/type.ts";

export interface Named {
  readonly settings: Settings;
  readonly names: Names;
  readonly types: Types;
  readonly translations: Translations;
}

export interface Judged {
  readonly checked: CheckedFiles;
  readonly wholeGraph: () => FlowGraph;
  /** Of the files' own flow graphs. */
  readonly facts: () => Facts;
  /** What is shown about the whole graph; undefined where it was never free of findings. */
  readonly shown: () => Shown | undefined;
  /** Why the rules about the whole graph did not run: it is shown that they find nothing, or they find what they found. */
  readonly graph: "shown" | "kept" | undefined;
  /** Files whose ways are others than when these rules last ran. */
  readonly proven: number;
}

/** By source. */
type Facts = ReadonlyMap<Source, PartFacts>;

export function judge(named: Named): Judged {
  const graph = buildGraph(named.names, named.types);
  const checked = check({ ...named, graph });
  const facts = lazy(() => factsAgain(partsOf(named), named.names.files));
  const shown = lazy(() => (checked.shapely ? shownAt(graph, facts(), named) : undefined));
  return { wholeGraph: () => graph, checked, facts, shown, graph: undefined, proven: 0 };
}

/** What was judged, what it was read from, and of which sources what was found stands. */
export interface JudgedBefore extends Pick<Judged, "checked" | "facts" | "shown"> {
  readonly units: ReadonlyMap<Source, Unit>;
  readonly kept: (source: Source) => boolean;
}

export function judgeAgain(named: Named, from: JudgedBefore, read: readonly Unit[]): Judged {
  const { names, types, settings } = named;
  const { kept } = from;
  const part = partsOf(named);
  const facts = factsAgain(part, names.files, from.facts(), kept);
  const wholeGraph = lazy(() => buildGraph(names, types));
  const before = from.shown();
  const still = before && show(before, { names, settings, facts, part });
  const ofShape = still ? NOTHING_FOUND : foundBefore(read, from);
  const checked = check(
    { ...named, graph: graphLater(names, facts, wholeGraph) },
    {
      checked: from.checked,
      kept,
      ofShape,
      people: still ? peopleFound(still, facts) : ofShape && peopleBefore(from),
      graphOf: ({ source }) => part(source).graph,
    },
  );
  const shown = still ?? (checked.shapely ? shownAt(wholeGraph(), facts, named) : undefined) ?? before;
  return {
    wholeGraph,
    checked,
    facts: () => facts,
    shown: () => shown,
    graph: still ? "shown" : ofShape && "kept",
    proven: still?.proven.size ?? 0,
  };
}

/** By the graph, of the same shape, where anybody has asked. */
function peopleBefore({ checked: { people } }: JudgedBefore): boolean | undefined {
  return people.isMade ? people.value : undefined;
}

const NOTHING_FOUND = anchored([]);

/** What the rules about the graph's shape found, where nothing has changed but texts and blank lines. */
function foundBefore(read: readonly Unit[], { units, checked }: JudgedBefore): CheckedFiles["ofShape"] {
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
    return { source: unit.file.source, ...moved(unit.edit, span) };
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
