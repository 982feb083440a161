/**
 * The one table of diagnostics: code -> severity, slug of its page, message, reason. Split by subject; joined here.
 * Codes are permanent: one that goes out of use is never given again.
 */
import { ADVICE } from "./catalog/advice.ts";
import { FLOW } from "./catalog/flow.ts";
import { LOCALES } from "./catalog/locales.ts";
import { MESSAGES } from "./catalog/messages.ts";
import { NAMES } from "./catalog/names.ts";
import { PROJECT } from "./catalog/project.ts";
import { SYNTAX } from "./catalog/syntax.ts";
import { WINDOW } from "./catalog/window.ts";
import type { Severity } from "./severity.ts";

/** What every row of the table has. */
export interface Entry {
  readonly severity: Severity;
  /** Of `docs/diagnostics/<code>-<slug>.md`. */
  readonly slug: string;
  /** What is wrong, with the actual and the allowed value; one sentence, lower case, no full stop. */
  readonly message: (args: never) => string;
  /** Why it matters: one sentence. */
  readonly why: string;
  /** Whether what it marks does nothing, so that editors fade it; absent: it does something. */
  readonly dead?: (args: never) => boolean;
  /** Whether it marks what has gone out of use, so that editors strike it through; absent: it does not. */
  readonly gone?: (args: never) => boolean;
}

type Catalog = typeof SYNTAX &
  typeof NAMES &
  typeof MESSAGES &
  typeof WINDOW &
  typeof FLOW &
  typeof LOCALES &
  typeof PROJECT &
  typeof ADVICE;

export const CATALOG: Catalog = {
  ...SYNTAX,
  ...NAMES,
  ...MESSAGES,
  ...WINDOW,
  ...FLOW,
  ...LOCALES,
  ...PROJECT,
  ...ADVICE,
} satisfies Readonly<Record<string, Entry>>;

export type Code = keyof Catalog;

/** The facts that a code's message is made of. */
export type ArgsOf<C extends Code> = Parameters<Catalog[C]["message"]>[0];

/** The page of a code, relative to the project's root. */
export function pageOf(code: Code): string {
  return `docs/diagnostics/${code}-${CATALOG[code].slug}.md`;
}
