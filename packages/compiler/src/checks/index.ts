/** All rules, one a line. A rule gives nothing but diagnostics and knows nothing of the others. */
import type { FlowNames } from "../bind/names.ts";
import { type Anchored, anchored, released } from "../diagnostics/anchored.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type FlowGraph, nodeAt } from "../flow/graph.ts";
import type { Ask, File, FlowDecl } from "../syntax/ast.ts";
import { lazily, lazy } from "../text/lazy.ts";
import type { Source } from "../text/source.ts";
import type { LayoutChoice } from "../types/layout.ts";
import { addressFieldsKnown } from "./address-fields.ts";
import { messagesMerged } from "./advice-merge.ts";
import { onceActionsOnce } from "./advice-once.ts";
import { marketingWithOptOut } from "./advice-opt-out.ts";
import { wayToAPerson } from "./advice-person.ts";
import {
  buttonsWithDifferentTitles,
  buttonsWithinLimit,
  buttonsWithoutDescriptions,
  rowsWithDifferentTitles,
} from "./buttons.ts";
import { carouselsWhole } from "./cards.ts";
import { clausesWhereTheyBelong, flowsWithStates } from "./clauses.ts";
import { filesOfTypesThatAreTaken } from "./file-types.ts";
import { arms } from "./flow-arms.ts";
import { calls } from "./flow-calls.ts";
import { endings } from "./flow-endings.ts";
import { loops } from "./flow-loops.ts";
import { reach } from "./flow-reach.ts";
import { FLOW_RULES } from "./flow-rules.ts";
import { stuck } from "./flow-stuck.ts";
import { formsWithOpeningText } from "./forms.ts";
import { headersWhereAllowed } from "./headers.ts";
import { addressesInIndia, indianSellersFiled } from "./india.ts";
import { textsWithinLimits } from "./lengths.ts";
import { linksAreWebAddresses } from "./links.ts";
import { rowsWithinLimit, sectionsWithinLimit, sectionsWithTitles } from "./lists.ts";
import { markupWhereFormatted } from "./markup.ts";
import { declarationsUsed } from "./never-used.ts";
import { joinNodes } from "./nodes.ts";
import { asksWithOptions, optionsWithDifferentIds, optionsWithTitles } from "./options.ts";
import { leadsToPeople } from "./people.ts";
import { personalDataKept } from "./personal.ts";
import { templateParametersPlain, textsNotBlank, titlesOnOneLine } from "./plain-texts.ts";
import { availableOnPlatform } from "./platform.ts";
import {
  productMessagesWhole,
  productSectionsWithTitles,
  productsFromCatalog,
  productsToShow,
  productsWithinLimits,
} from "./products.ts";
import { type Checked, type Program, prepare, type Rule } from "./program.ts";
import { reactionsAreOneEmoji } from "./reactions.ts";
import { actionsAreComplete } from "./requests.ts";
import { envNamesDeclared, hoursKnown, localesKnown, settingsUsed } from "./settings-names.ts";
import { tappedOptionsExist } from "./tapped-options.ts";
import { declaredAsApproved } from "./template-approved.ts";
import { templatesInEveryLocale } from "./template-locales.ts";
import { templateOptionsExist } from "./template-options.ts";
import { templatesWithinLimits } from "./templates.ts";
import { translationsWithinLimits } from "./translations.ts";
import { timeoutsCome } from "./window-never.ts";
import { window } from "./window-open.ts";
import { WINDOW_RULES } from "./window-rules.ts";
import { timeouts } from "./window-timeouts.ts";
import { optionIdsWithinLimit } from "./wire-ids.ts";

/**
 * Rules that judge what stands in one file, by what the file and the declarations that it names say: they look at `nodes`,
 * `texts`, `layouts`, `graph.asks` and `graph.states`, and at flows and files only where these are what they judge.
 */
export const FILE_RULES: ReadonlySet<Rule> = new Set<Rule>([
  templateOptionsExist,
  buttonsWithinLimit,
  rowsWithinLimit,
  sectionsWithinLimit,
  textsWithinLimits,
  optionIdsWithinLimit,
  buttonsWithoutDescriptions,
  optionsWithDifferentIds,
  buttonsWithDifferentTitles,
  textsNotBlank,
  optionsWithTitles,
  sectionsWithTitles,
  headersWhereAllowed,
  reactionsAreOneEmoji,
  titlesOnOneLine,
  asksWithOptions,
  rowsWithDifferentTitles,
  clausesWhereTheyBelong,
  flowsWithStates,
  productsWithinLimits,
  productSectionsWithTitles,
  productsToShow,
  productMessagesWhole,
  carouselsWhole,
  markupWhereFormatted,
  arms,
  timeouts,
  messagesMerged,
  localesKnown,
  templateParametersPlain,
  productsFromCatalog,
  availableOnPlatform,
  indianSellersFiled,
  addressesInIndia,
  formsWithOpeningText,
  addressFieldsKnown,
]);

/** Rules that see nothing but the shape of the graph: `sound/` tells of many changes that these find nothing after them. */
export const SHAPE_RULES: ReadonlySet<Rule> = new Set<Rule>([
  reach,
  endings,
  loops,
  calls,
  stuck,
  window,
  timeoutsCome,
  onceActionsOnce,
]);

export const RULES: readonly Rule[] = [
  translationsWithinLimits, //       P7002 P3xxx of translations
  envNamesDeclared, //              P2009
  localesKnown, //                  P2001
  hoursKnown, //                    P2001
  actionsAreComplete, //            P2002 P2003
  templateOptionsExist, //          P2001
  tappedOptionsExist, //            P2001
  buttonsWithinLimit, //            P3001
  rowsWithinLimit, //               P3002
  sectionsWithinLimit, //           P3003
  textsWithinLimits, //             P3004-P3008 P3013 P3016 P3023
  optionIdsWithinLimit, //          P3016
  buttonsWithoutDescriptions, //    P3005
  optionsWithDifferentIds, //       P3009
  buttonsWithDifferentTitles, //    P3010
  textsNotBlank, //                 P3011
  optionsWithTitles, //             P3011
  sectionsWithTitles, //            P3012
  headersWhereAllowed, //           P3014
  reactionsAreOneEmoji, //          P3017
  titlesOnOneLine, //               P3020
  templateParametersPlain, //       P3020
  linksAreWebAddresses, //          P3021
  filesOfTypesThatAreTaken, //      P3021
  asksWithOptions, //               P3022
  rowsWithDifferentTitles, //       P3024
  clausesWhereTheyBelong, //        P1001
  flowsWithStates, //               P1001
  productsFromCatalog, //           P8001
  productsWithinLimits, //          P3015
  productSectionsWithTitles, //     P3012
  productsToShow, //                P3022
  productMessagesWhole, //          P3026
  carouselsWhole, //                P3026 P3020
  availableOnPlatform, //           P3018
  indianSellersFiled, //            P3019
  addressesInIndia, //              P3019
  formsWithOpeningText, //          P3011
  addressFieldsKnown, //            P2005
  markupWhereFormatted, //          P3025
  declarationsUsed, //              P5006
  settingsUsed, //                  P5006
  templatesInEveryLocale, //        P6003
  templatesWithinLimits, //         P6004
  declaredAsApproved, //            P6001 P6002 P6005
  ...FLOW_RULES, //                 P5xxx
  ...WINDOW_RULES, //               P4xxx
  wayToAPerson, //                  P9001
  marketingWithOptOut, //           P9002
  onceActionsOnce, //               P9003
  personalDataKept, //              P9004
  messagesMerged, //                P9005
];

const FILE_RULE_LIST: readonly Rule[] = RULES.filter((rule) => FILE_RULES.has(rule));

/** A rule that threw: a bug of ours. The others have run. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  /** Of asks with options: worked out for the rules, and what lowering follows. */
  readonly layouts: ReadonlyMap<Ask, LayoutChoice>;
  readonly failures: readonly RuleFailure[];
}

/** What was found in one file, by rules that look at one file at a time. */
interface FileFindings {
  /** Not the program: that of its time would be kept with it. */
  readonly prepared: Pick<Checked, "nodes" | "layouts" | "texts" | "uses">;
  readonly diagnostics: Anchored;
  readonly failures: readonly RuleFailure[];
}

export interface CheckedFiles extends Findings {
  readonly found: ReadonlyMap<Source, FileFindings>;
  /** Of the rules about the graph's shape; absent where one failed. */
  readonly ofShape?: Anchored;
  /** Whether these have looked at it and found nothing. */
  readonly shapely: boolean;
  readonly people: Checked["people"];
}

/** What stands of an earlier check. */
export interface CheckedBefore {
  readonly checked: CheckedFiles;
  /** What was found in these stands. */
  readonly kept: (source: Source) => boolean;
  /** What the rules about the graph's shape find, where it is known. */
  readonly ofShape: Anchored | undefined;
  /** Whether conversations can come to people, where it is known. */
  readonly people: boolean | undefined;
  /** The graph of one file by itself. */
  readonly graphOf: (file: File) => FlowGraph;
}

/** Runs all rules. */
export function check(program: Program, before?: CheckedBefore): CheckedFiles {
  const found = new Map<Source, FileFindings>();
  const graphOf = before?.graphOf ?? graphsByFile(program.graph);
  for (const file of program.names.files) {
    const known = before?.kept(file.source) ? before.checked.found.get(file.source) : undefined;
    found.set(file.source, known ?? checkFile({ ...program, graph: graphOf(file) }, file));
  }
  const prepared = joined(program, found, before?.people);
  const others = run(OTHERS, prepared);
  const ran = before?.ofShape ? NOTHING : run([...SHAPE_RULES], prepared);
  const ofShape = before?.ofShape ?? anchored(ran.diagnostics);
  const files = [...found.values()];
  return {
    diagnostics: [...files.flatMap((f) => released(f.diagnostics)), ...others.diagnostics, ...released(ofShape)],
    failures: [...files, others, ran].flatMap((f) => f.failures),
    get layouts() {
      return prepared.layouts;
    },
    found,
    ...(ran.failures.length > 0 ? {} : { ofShape }),
    people: prepared.people,
    shapely: !before?.ofShape && ran.diagnostics.length + ran.failures.length === 0,
  };
}

const OTHERS: readonly Rule[] = RULES.filter((rule) => !FILE_RULES.has(rule) && !SHAPE_RULES.has(rule));

const NOTHING: Pick<Findings, "diagnostics" | "failures"> = { diagnostics: [], failures: [] };

/** With what rules about one file look at. */
function graphsByFile(graph: FlowGraph): (file: File) => FlowGraph {
  const asks = bySource(graph.asks, (id) => nodeAt(graph, id).flow.source);
  const states = bySource(graph.states, ([state]) => state.source);
  return ({ source }) => ({ ...graph, asks: asks.get(source) ?? [], states: new Map(states.get(source)) });
}

function bySource<T>(all: Iterable<T>, of: (one: T) => Source): ReadonlyMap<Source, T[]> {
  const found = new Map<Source, T[]>();
  for (const one of all) {
    const known = found.get(of(one));
    if (known) known.push(one);
    else found.set(of(one), [one]);
  }
  return found;
}

function checkFile(program: Program, file: File): FileFindings {
  const { names } = program;
  const inFlow = new Map<FlowDecl, FlowNames>();
  const flows = new Map<string, FlowDecl>();
  for (const d of file.declarations) {
    if (d.kind !== "FlowDecl") continue;
    const own = names.inFlow.get(d);
    if (own) inFlow.set(d, own);
    if (names.flows.get(d.name.text) === d) flows.set(d.name.text, d);
  }
  const prepared = prepare({ ...program, names: { ...names, files: [file], flows, inFlow } });
  const { nodes, layouts, texts, uses } = prepared;
  const { diagnostics, failures } = run(FILE_RULE_LIST, prepared);
  return { prepared: { nodes, layouts, texts, uses }, diagnostics: anchored(diagnostics), failures };
}

function joined(program: Program, found: ReadonlyMap<Source, FileFindings>, people: boolean | undefined): Checked {
  const all = [...found.values()].map((file) => file.prepared);
  const layouts = lazy(() => new Map(all.flatMap((p) => [...p.layouts])));
  const texts = lazy(() => all.flatMap((p) => p.texts));
  return {
    ...program,
    nodes: joinNodes(all.map((p) => p.nodes)),
    uses: new Map(all.flatMap((p) => [...p.uses])),
    people: lazily(() => people ?? leadsToPeople(program.graph)),
    get layouts() {
      return layouts();
    },
    get texts() {
      return texts();
    },
  };
}

function run(rules: readonly Rule[], prepared: Checked): Pick<Findings, "diagnostics" | "failures"> {
  const diagnostics: Diagnostic[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    try {
      rule(prepared, (found) => diagnostics.push(found));
    } catch (error) {
      failures.push({ rule: rule.name, error });
    }
  }
  return { diagnostics, failures };
}

export function runRules(rules: readonly Rule[], program: Program): Findings {
  const prepared = prepare(program);
  return { layouts: prepared.layouts, ...run(rules, prepared) };
}
