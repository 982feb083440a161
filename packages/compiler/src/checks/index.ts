/** All rules, one a line. A rule gives nothing but diagnostics and knows nothing of the others. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Ask } from "../syntax/ast.ts";
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
import { clausesWhereTheyBelong } from "./clauses.ts";
import { filesOfTypesThatAreTaken } from "./file-types.ts";
import { FLOW_RULES } from "./flow-rules.ts";
import { formsWithOpeningText } from "./forms.ts";
import { headersWhereAllowed } from "./headers.ts";
import { addressesInIndia, indianSellersFiled } from "./india.ts";
import { textsWithinLimits } from "./lengths.ts";
import { linksAreWebAddresses } from "./links.ts";
import { rowsWithinLimit, sectionsWithinLimit, sectionsWithTitles } from "./lists.ts";
import { markupWhereFormatted } from "./markup.ts";
import { declarationsUsed } from "./never-used.ts";
import { asksWithOptions, optionsWithDifferentIds, optionsWithTitles } from "./options.ts";
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
import { type Program, prepare, type Rule } from "./program.ts";
import { reactionsAreOneEmoji } from "./reactions.ts";
import { actionsAreComplete } from "./requests.ts";
import { envNamesDeclared, hoursKnown, localesKnown } from "./settings-names.ts";
import { tappedOptionsExist } from "./tapped-options.ts";
import { declaredAsApproved } from "./template-approved.ts";
import { templatesInEveryLocale } from "./template-locales.ts";
import { templateOptionsExist } from "./template-options.ts";
import { templatesWithinLimits } from "./templates.ts";
import { translationsWithinLimits } from "./translations.ts";
import { WINDOW_RULES } from "./window-rules.ts";
import { optionIdsWithinLimit } from "./wire-ids.ts";

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

/** Runs all rules. */
export function check(program: Program): Findings {
  return runRules(RULES, program);
}

export function runRules(rules: readonly Rule[], program: Program): Findings {
  const prepared = prepare(program);
  const diagnostics: Diagnostic[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    try {
      rule(prepared, (found) => diagnostics.push(found));
    } catch (error) {
      failures.push({ rule: rule.name, error });
    }
  }
  return { diagnostics, layouts: prepared.layouts, failures };
}
