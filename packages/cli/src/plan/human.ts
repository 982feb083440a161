/** Places by what becomes of them; those that strand people with the reason and what to do. */
import { enumsOf, type ValueType } from "@parley/machine";
import type { PlannedPlace, Stranding } from "@parley/runtime";
import { plural } from "../formats/plural.ts";
import { type PlanReport, type Sessions, strands } from "./report.ts";

export function human(report: PlanReport): string {
  const { from, to, places, profile, events, sessions } = report;
  if (from === to) return "nothing changes for anybody: it is the same machine\n";
  const of = (fate: PlannedPlace["fate"]): readonly PlannedPlace[] => places.filter((place) => place.fate === fate);
  const lines = [
    `${report.name}: ${from} (today) to ${to}`,
    ...section("same", of("same"), ({ at }) => [at]),
    ...section("moved", of("moved"), ({ at, to: now }) => [`${at} -> ${now}`]),
    ...section("stranded", byReasons(report, of("stranded")), (line) => [line]),
    ...section("profile", profile, ({ name, before, after }) => [
      `${name} ${was(report, before, after)}; a value that does not fit begins anew`,
    ]),
    ...section("events", events, (name) => [`${name}: dropped where it waits`]),
    "",
    sessions ? people(sessions) : verdict(report),
    `carried over to see: ${plural(report.carried, "conversation")}`,
  ];
  return `${lines.join("\n")}\n`;
}

function section<T>(name: string, items: readonly T[], show: (item: T) => readonly string[]): readonly string[] {
  const lines = items.flatMap(show);
  return lines.map((line, i) => `  ${(i === 0 ? name : "").padEnd(10)}${line}`);
}

/** Places that strand people for the same reasons stand together. */
function byReasons(report: PlanReport, places: readonly PlannedPlace[]): readonly string[] {
  const groups = Map.groupBy(places, ({ reasons }) => reasons.map((reason) => `  ${why(report, reason)}`).join("\n"));
  return [...groups].flatMap(([reasons, same]) => [
    ...same.map(({ kind, at }) => `${at} (${kind})`),
    ...reasons.split("\n"),
  ]);
}

function why(report: PlanReport, reason: Stranding): string {
  if (reason.kind === "gone") return "gone: if it has a new name, say there what it `was`";
  const { name, before, after, ifSet } = reason;
  const what = after
    ? `\`${name}\` ${was(report, before, after)}`
    : `\`${name}\` is gone: if it has a new name, say there what it \`was\``;
  return ifSet ? `where it is set, ${what}` : what;
}

function was({ lostCases }: PlanReport, before: ValueType, after: ValueType): string {
  const [old, now] = [typeText(before), typeText(after)];
  if (old !== now) return `was ${old}, is ${now}`;
  const lost = enumsOf(after).flatMap((name) => (lostCases[name] ?? []).map((one) => `${name}.${one}`));
  return `may be ${lost.join(" or ")}, which is gone: if it has a new name, say there what it \`was\``;
}

function typeText(type: ValueType): string {
  switch (type.t) {
    case "text":
      return `text(${type.max})`;
    case "range":
      return `${type.min}..${type.max}`;
    case "enum":
      return type.name;
    case "optional":
      return `${typeText(type.of)}?`;
    case "list":
      return `${typeText(type.of)}[${type.min}..${type.max}]`;
    case "record":
      return `{ ${Object.entries(type.fields)
        .map(([name, field]) => `${name}: ${typeText(field)}`)
        .join(", ")} }`;
    default:
      return type.t;
  }
}

function verdict(report: PlanReport): string {
  const { places } = report;
  if (!strands(report)) return `nobody is stranded at any of ${plural(places.length, "place")}`;
  const stranded = places.filter(({ fate }) => fate === "stranded").length;
  return `${stranded} of ${plural(places.length, "place")} ${stranded === 1 ? "strands" : "strand"} whoever is there`;
}

function people({ conversations, stranded, places }: Sessions): string {
  const lines = places.filter((place) => place.stranded > 0).map((place) => `  ${place.at}: ${place.stranded}`);
  const head = `${stranded} of ${plural(conversations, "conversation")} would be stranded`;
  return lines.length === 0 ? head : `${head}:\n${lines.join("\n")}`;
}
