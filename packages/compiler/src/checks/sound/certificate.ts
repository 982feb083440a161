/** A project in which the rules about the graph found nothing, to be held against what it becomes. */

import type { Names } from "../../bind/names.ts";
import type { FlowGraph } from "../../flow/graph.ts";
import type { Part, PartFacts } from "../../flow/part.ts";
import { timesOf } from "../../flow/window.ts";
import type { Settings } from "../../project/settings.ts";
import { lazy } from "../../text/lazy.ts";
import { keyOf, type Source } from "../../text/source.ts";
import { type Bounds, boundsOf } from "./bounds.ts";
import { type Proven, prove } from "./proof.ts";

export interface Certificate {
  /** By key of the source. */
  readonly shapes: ReadonlyMap<string, string>;
  /** Worked out when a file first has another shape. */
  readonly bounds: () => Bounds;
}

/** What was shown of files of other shapes than a certificate has. */
export interface Shown {
  readonly certificate: Certificate;
  readonly proven: ReadonlyMap<PartFacts, Proven>;
}

export function certify(
  graph: FlowGraph,
  facts: ReadonlyMap<Source, PartFacts>,
  settings: Settings,
): Certificate | undefined {
  for (const one of facts.values()) if (one.lost || one.unreachable || one.broken.length > 0) return undefined;
  return {
    shapes: new Map([...facts].map(([source, { shape }]) => [keyOf(source), shape])),
    bounds: lazy(() => boundsOf(graph, timesOf(settings))),
  };
}

export interface Now {
  readonly names: Names;
  readonly settings: Settings;
  readonly facts: ReadonlyMap<Source, PartFacts>;
  readonly part: (source: Source) => Part;
}

/** Undefined where it is not shown that the rules find nothing: it does not follow that they do. */
export function show({ certificate, proven: before }: Shown, now: Now): Shown | undefined {
  const { shapes, bounds } = certificate;
  const proven = new Map<PartFacts, Proven>();
  let there = 0;
  for (const [source, facts] of now.facts) {
    const shape = shapes.get(keyOf(source));
    if (shape !== undefined) there++;
    if (shape === facts.shape && !facts.lost && !facts.unreachable) continue;
    const known = before.get(facts) ?? prove(now.part(source), keyOf(source), bounds(), now.names, now.settings);
    if (!known) return undefined;
    proven.set(facts, known);
  }
  // What led over a file that is gone leads nowhere.
  return there === shapes.size ? { certificate, proven } : undefined;
}

/** Whether a conversation can come to people. */
export function peopleFound({ certificate, proven }: Shown, facts: ReadonlyMap<Source, PartFacts>): boolean {
  for (const { people } of proven.values()) if (people) return true;
  const { files } = certificate.bounds();
  for (const [source, now] of facts) if (files.get(keyOf(source))?.people && !proven.has(now)) return true;
  return false;
}
