/** `machine.map.json`: where each part of the machine was written. */
import { type AskDef, namedOptions } from "@parley/machine";
import type { Placed, Program } from "../ir/program.ts";
import type { Span } from "../text/source.ts";
import { type Places, placesIn } from "./places.ts";

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

/**
 * A `MachineMap` as JSON. Written as text from the start: as an object with an entry for each option of a large project it
 * takes four times as long to make.
 */
export function machineMapJson(program: Program, hash: string): string {
  const places = placesIn();
  let states = "";
  let code = "";
  for (const [name, flow] of program.flows) {
    for (const [state, span] of flow.states) states += entry(`${name}.${state}`, place(places, span));
    code += entry(name, `[${flow.places.map(places.at).join()}]`);
  }
  const asks = placed(places, program.places.asks);
  const messages = placed(places, program.places.messages);
  const { options, elses, afters } = partsOf(program, places);
  return (
    `{"version":1,"machine":"${hash}","sources":${JSON.stringify(places.paths())},"states":${record(states)},` +
    `"asks":${record(asks)},"options":${record(options)},"elses":${record(elses)},"afters":${record(afters)},` +
    `"messages":${record(messages)},"code":${record(code)}}`
  );
}

/** With a comma before it, whether or not it is the first. */
function entry(key: string, value: string): string {
  return `,${JSON.stringify(key)}:${value}`;
}

function record(entries: string): string {
  return `{${entries.slice(1)}}`;
}

function place(places: Places, span: Span): string {
  return `[${places.at(span)}]`;
}

function placed(places: Places, parts: readonly Placed[]): string {
  let entries = "";
  for (const { key, span } of parts) entries += entry(key, place(places, span));
  return entries;
}

interface PartEntries {
  options: string;
  elses: string;
  afters: string;
}

function partsOf({ asks, places: { asks: placed, parts } }: Program, places: Places): PartEntries {
  const entries: PartEntries = { options: "", elses: "", afters: "" };
  for (const { key, span } of placed) {
    const ask = asks[key];
    if (ask) addParts(entries, key, ask, (part) => place(places, parts.get(part) ?? span));
  }
  return entries;
}

function addParts(entries: PartEntries, key: string, ask: AskDef, at: (part: object) => string): void {
  for (const [name, option] of namedOptions(ask)) entries.options += entry(`${key}:${name}`, at(option));
  if (ask.orElse) entries.elses += entry(key, at(ask.orElse));
  if (ask.after.length > 0) entries.afters += entry(key, `[${ask.after.map(at).join()}]`);
}
