/** What tests went through, at the places where it is written. */
import type { MachineMap, MapPlace, Output } from "@parley/compiler";
import type { Coverage, CoverageItem, CoverageKind } from "@parley/simulator";
import type { Project } from "../project/load.ts";

export interface CoveredItem extends CoverageItem {
  readonly flow: string;
  /** As people call it, from where they are. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface Covered {
  readonly covered: number;
  readonly total: number;
  readonly items: readonly CoveredItem[];
}

export interface BotCoverage extends Covered {
  readonly name: string;
  /** By the contact's language, where tests ran in several. */
  readonly locales: readonly (Covered & { readonly locale: string })[];
  /** Text of each file that something is written in. */
  readonly texts: ReadonlyMap<string, string>;
}

export type CoverageReport = readonly BotCoverage[];

/** One way to write coverage down: the whole text. */
export type CoverageFormat = (report: CoverageReport) => string;

/** Kinds with the word for several of them, in the order in which people read them. */
export const KINDS: Readonly<Record<CoverageKind, string>> = {
  state: "states",
  ask: "asks",
  option: "options",
  else: "else",
  after: "after",
  failure: "failures",
};

export function botCoverage(
  { settings, sources, show }: Project,
  output: Pick<Output, "machine" | "map">,
  all: Coverage,
  locales: Readonly<Record<string, Coverage>>,
): BotCoverage {
  const place = placesOf(output);
  const placed = ({ covered, total, items }: Coverage): Covered => ({
    ...{ covered, total },
    items: items.map((item) => {
      const [file, line, column] = place(item);
      const flow = item.id.slice(0, item.id.indexOf("."));
      return { ...item, flow, file: show(output.map.sources[file] ?? ""), line, column };
    }),
  });
  const names = Object.keys(locales).sort();
  return {
    name: settings.name,
    ...placed(all),
    locales: names.length < 2 ? [] : names.map((locale) => ({ locale, ...placed(locales[locale] ?? all) })),
    texts: new Map(sources.map(({ path, text }) => [show(path), text])),
  };
}

const NOWHERE: MapPlace = [0, 1, 1];

function placesOf({ machine, map }: Pick<Output, "machine" | "map">): (item: CoverageItem) => MapPlace {
  const failures = new Map<string, MapPlace>();
  for (const [flow, { code }] of Object.entries(machine.flows))
    code.forEach((instr, pc) => {
      if (instr.op === "action") failures.set(instr.id, codePlace(map, flow, pc));
    });
  return ({ kind, id }) => {
    switch (kind) {
      case "state":
        return map.states[id] ?? NOWHERE;
      case "ask":
        return map.asks[id] ?? NOWHERE;
      case "option":
        return map.options[id] ?? NOWHERE;
      case "else":
        return map.elses[id] ?? NOWHERE;
      case "after": {
        const [ask = "", number] = id.split(" after ");
        return map.afters[ask]?.[Number(number) - 1] ?? NOWHERE;
      }
      case "failure":
        return failures.get(id) ?? NOWHERE;
      default:
        return kind satisfies never;
    }
  };
}

function codePlace({ code }: MachineMap, flow: string, pc: number): MapPlace {
  const [file = 0, line = 1, column = 1] = code[flow]?.slice(3 * pc, 3 * pc + 3) ?? [];
  return [file, line, column];
}

/** In percent; a bot without anything to go through is covered. */
export function percentOf({ covered, total }: Pick<Covered, "covered" | "total">): number {
  return total === 0 ? 100 : (100 * covered) / total;
}

/** Rounded down: only what is complete is 100 %. */
export function percentText(sum: Pick<Covered, "covered" | "total">): string {
  const tenths = Math.floor(percentOf(sum) * 10) / 10;
  return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} %`;
}

/** How often its line was gone through: an action that never failed was called all the same. */
export function passes({ count, calls = 0 }: CoverageItem): number {
  return Math.max(count, calls);
}

/** Of the items that this holds for. */
export function sumOf(
  items: readonly CoveredItem[],
  is: (item: CoveredItem) => boolean,
): Pick<Covered, "covered" | "total"> {
  const some = items.filter(is);
  return { covered: some.filter(({ count }) => count > 0).length, total: some.length };
}

/** By file, in order of lines. */
export function byFile(items: readonly CoveredItem[]): ReadonlyMap<string, readonly CoveredItem[]> {
  return Map.groupBy(
    items.toSorted((a, b) => a.line - b.line || a.column - b.column),
    ({ file }) => file,
  );
}
