import type { Span } from "../text/source.ts";
import { type ArgsOf, CATALOG, type Code } from "./catalog.ts";
import type { Args, Diagnostic, Fix, Related, Severity } from "./diagnostic.ts";

/** Makes one diagnostic; a code with the wrong facts does not compile. `severity`: where one case of a code weighs less. */
export function diagnostic<C extends Code>(
  code: C,
  span: Span,
  args: ArgsOf<C>,
  more: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[]; readonly severity?: Severity } = {},
): Diagnostic {
  return {
    code,
    severity: more.severity ?? CATALOG[code].severity,
    args: args as Args,
    span: { source: span.source, start: span.start, end: span.end },
    related: more.related ?? [],
    fixes: more.fixes ?? [],
  };
}

/** What is wrong, in words. */
export function describe(d: Diagnostic): string {
  const say = CATALOG[d.code].message as (args: Args) => string;
  return say(d.args);
}

/** Why it matters, in words. */
export function reason(d: Diagnostic): string {
  return CATALOG[d.code].why;
}
