/** The machine of a program. */
import { type FlowDef, type HoursDef, hashJson, type Localized, MACHINE_FORMAT, type Machine } from "@parley/machine";
import { emptyRecord } from "../ir/lowering.ts";
import type { Program } from "../ir/program.ts";
import type { Language } from "../locales/translations.ts";
import { phonesOf } from "../project/countries.ts";
import { readHours } from "../project/hours.ts";
import type { Settings } from "../project/settings.ts";
import { lazy } from "../text/lazy.ts";
import { builtinWords } from "./builtin-words.ts";

export interface EmittedMachine {
  readonly machine: Machine;
  /** Its JSON, without white space: made for the hash, and what `machine.json` holds. */
  readonly json: string;
}

export function emitMachine(program: Program, settings: Settings, languages: readonly Language[] = []): EmittedMachine {
  const { locales } = settings;
  const { texts } = program;
  const before = {
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
  } satisfies Omit<Machine, "texts" | "builtin" | "was">;
  const behind = { builtin: builtinWords([locales.default, ...locales.others], languages), was: program.was };
  const asRecord = lazy(() => recordOf(texts));
  const [opened, closing] = [JSON.stringify(before).slice(0, -1), JSON.stringify(behind).slice(1)];
  const unhashed = [opened, ',"texts":{', textsJson(texts), "},", closing].join("");
  const hash = hashJson(unhashed);
  const machine: Machine = {
    ...before,
    hash,
    get texts() {
      return asRecord();
    },
    ...behind,
  };
  // The first is the machine's own: only a number stands before it.
  return { machine, json: unhashed.replace('"hash":""', `"hash":"${hash}"`) };
}

/** Nothing that a build writes needs it, and in a large project it is by far the largest record. */
function recordOf(texts: Program["texts"]): Machine["texts"] {
  const record = emptyRecord<Localized>();
  for (const [key, localized] of texts) record[key] = localized;
  return record;
}

/**
 * What stands between the braces. One text at a time, which takes half as long as all in one record: that has its keys looked
 * up, and is as large as the whole project.
 */
function textsJson(texts: Program["texts"]): string {
  let json = "";
  for (const [key, localized] of texts) {
    // A key is made of names, which need no escapes.
    json += `${json === "" ? "" : ","}"${key}":${JSON.stringify(localized)}`;
  }
  return json;
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
