/** `parley.yaml` -> settings. What is wrong is reported where it stands; what is right holds all the same. */
import { isMap, isScalar, type Pair, type ParsedNode, parseDocument } from "yaml";
import { CATALOG } from "../diagnostics/catalog.ts";
import type { Diagnostic, Phase, Severity } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { type Source, spanOf } from "../text/source.ts";
import { checkNode, type Problem } from "./check.ts";
import { durationMs } from "./duration.ts";
import { PROJECT_SCHEMA } from "./schema.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";

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

/** What the language has and this version does not do: settings that would change nothing are refused, not ignored. */
const NOT_BUILT: Readonly<Record<string, string>> = {
  hours: "`hours`",
  markets: "`markets`",
  business: "`business`",
  catalog: "`catalog`",
  templates: "`templates`",
  libraries: "`libraries`",
  "platform=on_premises": "the platform `on_premises`",
  "locales.others": "more than one language in `locales`",
};

/** The settings of a project file. `name` is the bot's name where the file gives none: that of its folder. */
export function parseProject(source: Source, name: string): Phase<Settings> {
  const document = parseDocument(source.text, { prettyErrors: false, logLevel: "silent" });
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
    ...pairs.flatMap((pair) => notBuilt(source, pair, written)),
  ];
  return { value: settingsOf(written, defaults), diagnostics };
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
    hours: w.hours ?? defaults.hours,
    windowMarginMs: time(w.window?.margin, defaults.windowMarginMs),
    idleMs: time(w.idle, defaults.idleMs),
    quietMs: time(w.quiet, defaults.quietMs),
    markets: w.markets ?? defaults.markets,
    business: w.business ?? defaults.business,
    catalog: w.catalog ?? defaults.catalog,
    templates: w.templates ?? defaults.templates,
    libraries: w.libraries ?? defaults.libraries,
    env: w.env ?? defaults.env,
    lint: Object.fromEntries(Object.entries(w.lint ?? {}).filter(([code, to]) => lintProblem(code, to) === undefined)),
  };
}

/** What the schema cannot say. */
function meaningOf(pair: Pair<ParsedNode, ParsedNode | null>, written: Written): readonly Problem[] {
  const { value } = pair;
  if (!value) return [];
  const [start, end] = value.range;
  switch (keyOf(pair)) {
    case "timezone":
      return isTimezone(written.timezone ?? "")
        ? []
        : [{ start, end, message: `there is no time zone \`${written.timezone}\`; names are such as \`Europe/Rome\`` }];
    case "window":
      return durationMs(written.window?.margin ?? "") < 12 * 3_600_000
        ? []
        : [
            {
              start,
              end,
              message: "`window.margin` must be shorter than 12h: twice the margin has to fit into the window",
            },
          ];
    case "lint":
      return isMap(value) ? value.items.flatMap(lintProblems) : [];
    default:
      return [];
  }
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

function notBuilt(source: Source, pair: Pair<ParsedNode, ParsedNode | null>, written: Written): readonly Diagnostic[] {
  const key = keyOf(pair);
  const what =
    NOT_BUILT[key] ??
    (key === "platform" ? NOT_BUILT[`platform=${written.platform}`] : undefined) ??
    (key === "locales" && written.locales?.others?.length ? NOT_BUILT["locales.others"] : undefined);
  if (what === undefined) return [];
  const [start, end] = pair.key.range;
  return [diagnostic("P1009", spanOf(source, start, end), { what })];
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
  const span = spanOf(source, start, end);
  const fixes =
    write === undefined ? [] : [{ title: `Write \`${write}\``, safe: true, edits: [{ span, text: write }] }];
  return diagnostic("P8001", span, { problem: message }, { fixes });
}

/** The YAML reader's words in the form of ours. */
function sentence(message: string): string {
  const first = message.split("\n", 1)[0]?.replace(/\.$/, "") ?? message;
  return `not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}
