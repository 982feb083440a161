/** The machine of a program. */
import { type FlowDef, type HoursDef, hashJson, MACHINE_FORMAT, type Machine } from "@parley/machine";
import { emptyRecord } from "../ir/lowering.ts";
import type { Program } from "../ir/program.ts";
import type { Language } from "../locales/translations.ts";
import { phonesOf } from "../project/countries.ts";
import { readHours } from "../project/hours.ts";
import type { Settings } from "../project/settings.ts";
import { builtinWords } from "./builtin-words.ts";

export interface EmittedMachine {
  readonly machine: Machine;
  /** Its JSON, without white space: made for the hash, and what `machine.json` holds. */
  readonly json: string;
}

export function emitMachine(program: Program, settings: Settings, languages: readonly Language[] = []): EmittedMachine {
  const { locales } = settings;
  const machine: Machine = {
    format: MACHINE_FORMAT,
    hash: "",
    name: settings.name,
    api: settings.api,
    timezone: settings.timezone,
    ...hoursOf(settings),
    ...phonesIn(settings),
    ...(settings.catalog === undefined ? {} : { catalog: settings.catalog }),
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
    builtin: builtinWords([locales.default, ...locales.others], languages),
    was: program.was,
  };
  const unhashed = JSON.stringify(machine);
  const hash = hashJson(unhashed);
  // The first is the machine's own: only a number stands before it.
  return { machine: { ...machine, hash }, json: unhashed.replace('"hash":""', `"hash":"${hash}"`) };
}

function hoursOf(settings: Settings): Pick<Machine, "hours"> {
  const hours = emptyRecord<HoursDef>();
  for (const [name, text] of Object.entries(settings.hours)) {
    const read = readHours(text);
    if (read.ok) hours[name] = read.hours;
  }
  return Object.keys(hours).length > 0 ? { hours } : {};
}

/** Of the first market: a number without country code can only be of one country. */
function phonesIn({ markets: [first] }: Settings): Pick<Machine, "phones"> {
  const phones = first === undefined ? undefined : phonesOf(first);
  return phones ? { phones } : {};
}

function flowsOf(program: Program): Readonly<Record<string, FlowDef>> {
  const flows = emptyRecord<FlowDef>();
  for (const [name, { def }] of program.flows) flows[name] = def;
  return flows;
}
