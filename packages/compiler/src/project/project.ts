/** `parley.yaml` -> settings. What is wrong is reported where it stands; what is right holds all the same. */
import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";
import { CATALOG } from "../diagnostics/catalog.ts";
import type { Diagnostic, Phase, Severity } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { type Source, spanOf, spanWithin } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { checkNode, type Problem } from "./check.ts";
import { isCountry } from "./countries.ts";
import { durationMs } from "./duration.ts";
import { readHours } from "./hours.ts";
import { placesIn, platformHint } from "./places.ts";
import { PROJECT_SCHEMA } from "./schema.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { parseYaml } from "./yaml.ts";

/** The form that the schema holds, before defaults. */
interface Written {
  readonly name?: string;
  readonly flows?: readonly string[];
  readonly platform?: Settings["platform"];
  readonly api?: string;
  readonly locales?: { readonly default?: string; readonly others?: readonly string[]; readonly dir?: string };
  readonly timezone?: string;
  readonly hours?: Readonly<Record<string, string>>;
  readonly window?: { readonly margin?: string };
  readonly idle?: string;
  readonly quiet?: string;
  readonly markets?: readonly string[];
  readonly business?: { readonly country: string; readonly compliance?: "filed" };
  readonly catalog?: string;
  readonly templates?: string;
  readonly libraries?: readonly string[];
  readonly env?: readonly string[];
  readonly lint?: Readonly<Record<string, Severity>>;
}

/** The settings of a project file. `name` is the bot's name where the file gives none: that of its folder. */
export function parseProject(source: Source, name: string): Phase<Settings> {
  const document = parseYaml(source.text);
  const defaults = { ...DEFAULT_SETTINGS, name, lone: false };
  if (document.errors.length > 0) {
    const diagnostics = document.errors.map(({ pos, message }) =>
      problemAt(source, { start: pos[0], end: pos[1], message: sentence(message) }),
    );
    return { value: defaults, diagnostics };
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return { value: defaults, diagnostics: [] };
  const problems = checkNode(root, PROJECT_SCHEMA, "", { start: 0, end: 0 });
  if (!isMap(root)) return { value: defaults, diagnostics: problems.map((p) => problemAt(source, p)) };

  const pairs = root.items.filter((pair) => fits(pair, problems));
  const written = Object.fromEntries(pairs.map((p) => [keyOf(p), p.value?.toJS(document)])) as Written;
  const diagnostics = [
    ...problems.map((p) => problemAt(source, p)),
    ...pairs.flatMap((pair) => meaningOf(pair, written).map((p) => problemAt(source, p))),
  ];
  const places = placesIn(source, root);
  const hint = written.platform === "on_premises" ? platformHint(places) : [];
  return { value: { ...settingsOf(written, defaults), places }, diagnostics: [...diagnostics, ...hint] };
}

function settingsOf(w: Written, defaults: Settings): Settings {
  const time = (text: string | undefined, otherwise: number): number =>
    text === undefined ? otherwise : durationMs(text);
  return {
    ...defaults,
    name: w.name ?? defaults.name,
    flows: w.flows ?? defaults.flows,
    platform: w.platform ?? defaults.platform,
    api: w.api ?? defaults.api,
    locales: { ...defaults.locales, ...w.locales },
    timezone: w.timezone !== undefined && isTimezone(w.timezone) ? w.timezone : defaults.timezone,
    hours: Object.fromEntries(Object.entries(w.hours ?? {}).filter(([, text]) => readHours(text).ok)),
    windowMarginMs: time(w.window?.margin, defaults.windowMarginMs),
    idleMs: time(w.idle, defaults.idleMs),
    quietMs: time(w.quiet, defaults.quietMs),
    markets: (w.markets ?? defaults.markets).filter(isCountry),
    business: w.business && isCountry(w.business.country) ? w.business : defaults.business,
    catalog: w.catalog ?? defaults.catalog,
    templates: w.templates ?? defaults.templates,
    libraries: w.libraries ?? defaults.libraries,
    env: w.env ?? defaults.env,
    lint: Object.fromEntries(Object.entries(w.lint ?? {}).filter(([code, to]) => lintProblem(code, to) === undefined)),
  };
}

/** What the schema cannot say, of a value that fits it. */
function meaningOf(pair: Pair<ParsedNode, ParsedNode | null>, written: Written): readonly Problem[] {
  const { value } = pair;
  if (!value) return [];
  const [start, end] = value.range;
  switch (keyOf(pair)) {
    case "timezone":
      return isTimezone(sure(written.timezone))
        ? []
        : [{ start, end, message: `there is no time zone \`${written.timezone}\`; names are such as \`Europe/Rome\`` }];
    case "window":
      return durationMs(sure(written.window?.margin)) < 12 * 3_600_000
        ? []
        : [
            {
              start,
              end,
              message: "`window.margin` must be shorter than 12h: twice the margin has to fit into the window",
            },
          ];
    case "locales":
      return defaultAmongOthers(value, written);
    case "lint":
      return (value as YAMLMap.Parsed).items.flatMap(lintProblems);
    case "hours":
      return (value as YAMLMap.Parsed).items.flatMap(({ value: text }) => hoursProblems(text));
    case "markets":
      return (value as YAMLSeq.Parsed).items.flatMap(countryProblems);
    case "business":
      return countryProblems((value as YAMLMap.Parsed).get("country", true) as ParsedNode | undefined);
    default:
      return [];
  }
}

function hoursProblems(node: ParsedNode | null): readonly Problem[] {
  if (!isScalar(node) || typeof node.value !== "string") return [];
  const read = readHours(node.value);
  if (read.ok) return [];
  const [start, end] = node.range;
  // Plain and quoted texts of one line stand in the file as they are.
  const inLine = node.source === node.value && node.type !== "BLOCK_FOLDED" && node.type !== "BLOCK_LITERAL";
  const shift = inLine ? start + (node.type === "PLAIN" ? 0 : 1) : undefined;
  const problem = { message: `opening hours: ${read.message}` };
  return [shift === undefined ? { start, end, ...problem } : { start: shift + read.at, end, ...problem }];
}

function countryProblems(node: ParsedNode | null | undefined): readonly Problem[] {
  if (!isScalar(node) || typeof node.value !== "string" || isCountry(node.value)) return [];
  const [start, end] = node.range;
  const hint = node.value === "UK" ? "; the United Kingdom is `GB`" : node.value === "EL" ? "; Greece is `GR`" : "";
  return [{ start, end, message: `there is no country \`${node.value}\` (ISO 3166-1)${hint}` }];
}

/** The texts of the default language stand in the flows. */
function defaultAmongOthers(value: ParsedNode, written: Written): readonly Problem[] {
  const first = written.locales?.default ?? DEFAULT_SETTINGS.locales.default;
  const others = (value as YAMLMap.Parsed).get("others", true);
  if (!isSeq(others)) return [];
  const same = others.items.filter((item) => isScalar(item) && item.value === first);
  return same.map((item) => {
    const [start, end] = (item as ParsedNode).range;
    return { start, end, message: `\`${first}\` is the default language already: its texts stand in the flows` };
  });
}

/** P7001 of a language whose file is not there, where the project file names the language. */
export function localeFileMissing(project: Source, locale: string, path: string): Diagnostic {
  const document = parseYaml(project.text);
  const others = document.getIn(["locales", "others"], true);
  const item = isSeq(others) ? others.items.find((i) => isScalar(i) && i.value === locale) : undefined;
  const [start, end] = (item as ParsedNode | undefined)?.range ?? [0, 0];
  return diagnostic("P7001", spanOf(project, start, end), { locale, entry: "", name: "", text: path });
}

function lintProblems(pair: Pair<ParsedNode, ParsedNode | null>): readonly Problem[] {
  const to = isScalar(pair.value) ? (pair.value.value as Severity) : "off";
  const message = lintProblem(keyOf(pair), to);
  const [start, end] = pair.key.range;
  return message === undefined ? [] : [{ start, end, message }];
}

function lintProblem(code: string, to: Severity): string | undefined {
  if (!Object.hasOwn(CATALOG, code)) return `there is no diagnostic \`${code}\``;
  const { severity } = CATALOG[code as keyof typeof CATALOG];
  if (severity !== "error" || to === "error") return undefined;
  return `\`${code}\` is always an error: the bot could not run`;
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether nothing is wrong within a key and its value. */
function fits(pair: Pair<ParsedNode, ParsedNode | null>, problems: readonly Problem[]): boolean {
  const from = pair.key.range[0];
  const to = pair.value?.range[1] ?? pair.key.range[1];
  return !problems.some((p) => p.start >= from && p.end <= to);
}

function keyOf(pair: Pair<ParsedNode, ParsedNode | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function problemAt(source: Source, { start, end, message, write }: Problem): Diagnostic {
  const span = spanWithin(source, start, end);
  const fixes =
    write === undefined ? [] : [{ title: `Write \`${write}\``, safe: true, edits: [{ span, text: write }] }];
  return diagnostic("P8001", span, { problem: message }, { fixes });
}

/** The YAML reader's words in the form of ours. */
function sentence(message: string): string {
  const first = sure(message.split("\n", 1)[0]).replace(/\.$/, "");
  return `not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}
