/** The files of `build`, by path relative to the output folder. Equal inputs give equal bytes. */
import type { Machine } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import type { Program } from "../ir/program.ts";
import type { Settings } from "../project/settings.ts";
import { botTypes } from "./bot-types.ts";
import { payloadsOf } from "./payloads.ts";
import type { BuildReport } from "./report.ts";
import { stringsJson } from "./strings.ts";

export interface Emitted {
  readonly names: Names;
  readonly settings: Settings;
  readonly program: Program;
  readonly machine: Machine;
  /** Of the machine, without white space. */
  readonly json: string;
  /** A `MachineMap` as JSON. */
  readonly map: string;
  readonly report: BuildReport;
}

export function emitFiles(emitted: Emitted): ReadonlyMap<string, string> {
  const { names, settings, program, machine, json, map, report } = emitted;
  const files = new Map<string, string>();
  files.set("machine.json", `${json}\n`);
  for (const { id, locale, request } of payloadsOf(machine, program))
    files.set(`payloads/${id}.${locale}.json`, readable(request));
  files.set("bot.d.ts", botTypes(names, settings.name));
  files.set("strings.json", stringsJson(program, settings.locales.default));
  files.set("machine.map.json", `${map}\n`);
  files.set("report.json", readable(report));
  return files;
}

/** For people. */
function readable(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
