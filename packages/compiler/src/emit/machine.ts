/** The machine of a program. */
import { type FlowDef, hashMachine, MACHINE_FORMAT, type Machine } from "@parley/machine";
import { emptyRecord } from "../ir/lowering.ts";
import type { Program } from "../ir/program.ts";
import type { Settings } from "../project/settings.ts";
import { builtinWords } from "./builtin-words.ts";

export function emitMachine(program: Program, settings: Settings): Machine {
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
  return { ...machine, hash: hashMachine(machine) };
}

function flowsOf(program: Program): Readonly<Record<string, FlowDef>> {
  const flows = emptyRecord<FlowDef>();
  for (const [name, { def }] of program.flows) flows[name] = def;
  return flows;
}
