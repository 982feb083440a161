/** The machine of a program. */
import { type FlowDef, hashJson, MACHINE_FORMAT, type Machine } from "@parley/machine";
import { emptyRecord } from "../ir/lowering.ts";
import type { Program } from "../ir/program.ts";
import type { Settings } from "../project/settings.ts";
import { builtinWords } from "./builtin-words.ts";

export interface EmittedMachine {
  readonly machine: Machine;
  /** Its JSON, without white space: made for the hash, and what `machine.json` holds. */
  readonly json: string;
}

export function emitMachine(program: Program, settings: Settings): EmittedMachine {
  const { locales } = settings;
  const machine: Machine = {
    format: MACHINE_FORMAT,
    hash: "",
    name: settings.name,
    api: settings.api,
    timezone: settings.timezone,
    locales: { default: locales.default, others: locales.others },
    windowMarginMs: settings.windowMarginMs,
    idleMs: settings.idleMs,
    quietMs: settings.quietMs,
    enums: program.enums,
    profile: program.profile,
    actions: program.actions,
    templates: program.templates,
    events: program.events,
    flows: flowsOf(program),
    messages: program.messages,
    asks: program.asks,
    texts: program.texts,
    builtin: builtinWords([locales.default, ...locales.others]),
    was: program.was,
  };
  const unhashed = JSON.stringify(machine);
  const hash = hashJson(unhashed);
  // The first is the machine's own: only a number stands before it.
  return { machine: { ...machine, hash }, json: unhashed.replace('"hash":""', `"hash":"${hash}"`) };
}

function flowsOf(program: Program): Readonly<Record<string, FlowDef>> {
  const flows = emptyRecord<FlowDef>();
  for (const [name, { def }] of program.flows) flows[name] = def;
  return flows;
}
