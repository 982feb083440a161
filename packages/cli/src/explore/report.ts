/** What `parley explore` found out, in every format. */
import type { CoverageItem, Exploration, Suggestions } from "@parley/simulator";

export interface ExploreReport {
  readonly name: string;
  readonly exploration: Exploration;
  /** What was not reached, with what is known of the reason. */
  readonly unreached: readonly { readonly item: CoverageItem; readonly why: string }[];
  /** Of the tests that there are; absent where there is none. */
  readonly tested?: { readonly covered: number; readonly total: number };
  readonly suggestions: Suggestions;
  /** The file that they are written to. */
  readonly written?: string;
  /** Problems with the way to them as steps of a test. */
  readonly problems: readonly { readonly kind: string; readonly message: string; readonly steps: readonly string[] }[];
}
