/** `machine.map.json`: where each part of the machine was written. */
import { optionIds } from "@parley/machine";
import { emptyRecord } from "../ir/lowering.ts";
import type { Placed, Program } from "../ir/program.ts";
import { positionAt, type Source, type Span } from "../text/source.ts";

/** File (index into `sources`), line and column, both from 1. */
export type MapPlace = readonly [file: number, line: number, column: number];

export interface MachineMap {
  readonly version: 1;
  /** Hash of the machine. */
  readonly machine: string;
  readonly sources: readonly string[];
  readonly states: Readonly<Record<string, MapPlace>>;
  readonly asks: Readonly<Record<string, MapPlace>>;
  /** `ask:option`; of the rows of a `for` `ask:{slot}`. Options that stand nowhere (cases of an enum) are at their ask. */
  readonly options: Readonly<Record<string, MapPlace>>;
  /** By ask, also where the clause is the flow's own. */
  readonly elses: Readonly<Record<string, MapPlace>>;
  /** By ask, in the machine's order. */
  readonly afters: Readonly<Record<string, readonly MapPlace[]>>;
  readonly messages: Readonly<Record<string, MapPlace>>;
  /** By flow: file, line and column of each instruction, one after the other. */
  readonly code: Readonly<Record<string, readonly number[]>>;
}

export function machineMap(program: Program, hash: string): MachineMap {
  const sources = new Map<Source, number>();
  const place = (span: Span): MapPlace => {
    const known = sources.get(span.source);
    const file = known ?? sources.size;
    if (known === undefined) sources.set(span.source, file);
    const { line, column } = positionAt(span.source, span.start);
    return [file, line, column];
  };
  const placed = (parts: readonly Placed[]): Readonly<Record<string, MapPlace>> => {
    const found = emptyRecord<MapPlace>();
    for (const { key, span } of parts) found[key] = place(span);
    return found;
  };
  const states = emptyRecord<MapPlace>();
  const code = emptyRecord<readonly number[]>();
  for (const [name, flow] of program.flows) {
    for (const [state, span] of flow.states) states[`${name}.${state}`] = place(span);
    const numbers: number[] = [];
    for (const span of flow.places) {
      const [file, line, column] = place(span);
      numbers.push(file, line, column);
    }
    code[name] = numbers;
  }
  const asks = placed(program.places.asks);
  const messages = placed(program.places.messages);
  const parts = partsOf(program, place);
  const paths = [...sources.keys()].map((s) => s.path);
  return { version: 1, machine: hash, sources: paths, states, asks, ...parts, messages, code };
}

function partsOf(
  { asks, places }: Program,
  place: (span: Span) => MapPlace,
): Pick<MachineMap, "options" | "elses" | "afters"> {
  const options = emptyRecord<MapPlace>();
  const elses = emptyRecord<MapPlace>();
  const afters = emptyRecord<readonly MapPlace[]>();
  for (const { key, span } of places.asks) {
    const ask = asks[key];
    if (!ask) continue;
    const at = (part: object): MapPlace => place(places.parts.get(part) ?? span);
    for (const [id, option] of optionIds(ask)) options[id] = at(option);
    if (ask.orElse) elses[key] = at(ask.orElse);
    if (ask.after.length > 0) afters[key] = ask.after.map(at);
  }
  return { options, elses, afters };
}
