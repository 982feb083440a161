import type { MessageRequest } from "../messages.ts";
import type { MessageKind } from "../schema/types.ts";
import type { ValidationOptions } from "../validate/types.ts";
import { BASIC_RULES } from "./basic.ts";
import { BODY_RULES } from "./body.ts";
import { CAROUSEL_RULES } from "./carousel.ts";
import { ACTION_TEXTS, INTERACTIVE_RULES } from "./interactive.ts";
import { ORDER_RULES } from "./orders.ts";
import type { Rule, RulesByKind } from "./rule.ts";
import { TEMPLATE_RULES } from "./template.ts";

const RULES: RulesByKind = {
  ...BASIC_RULES,
  ...INTERACTIVE_RULES,
  ...CAROUSEL_RULES,
  ...ORDER_RULES,
  ...TEMPLATE_RULES,
};

/** A broken rule; `code` is absent for a warning. */
export interface RuleFinding {
  readonly path: string;
  readonly rule: string;
  readonly code?: number;
  readonly details: string;
}

function run<P>(rule: Rule<P>, payload: P, options: ValidationOptions, prefix: string, found: RuleFinding[]): void {
  for (const { path, details } of rule.check(payload, options)) {
    const code = rule.code === undefined ? {} : { code: rule.code };
    found.push({ path: prefix + path, rule: rule.name, ...code, details });
  }
}

type AnyRule = Rule<never>;

function rulesOf(kind: MessageKind): readonly AnyRule[] {
  const own: readonly AnyRule[] = RULES[kind] ?? [];
  return kind.startsWith("interactive.") ? [ACTION_TEXTS, ...own] : own;
}

/** All rules, for documents and tests. */
export function ruleTable(): readonly { readonly name: string; readonly code?: number; readonly kind: string }[] {
  const byKind = Object.entries(RULES).flatMap(([kind, rules]) =>
    rules.map((rule) => ({ name: rule.name, kind, ...(rule.code === undefined ? {} : { code: rule.code }) })),
  );
  const everywhere = [...BODY_RULES, ACTION_TEXTS].map(({ name, code }) => ({
    name,
    kind: "any",
    ...(code === undefined ? {} : { code }),
  }));
  return [...everywhere, ...byKind];
}

/** What the rules with a code (errors) or without one (warnings) find in a body that its schema passed. */
export function findBroken(
  body: MessageRequest,
  kind: MessageKind,
  payload: unknown,
  severity: "error" | "warning",
  options: ValidationOptions,
): readonly RuleFinding[] {
  const found: RuleFinding[] = [];
  const wanted = severity === "error";
  for (const rule of BODY_RULES)
    if ((rule.code !== undefined) === wanted) run(rule, { body, kind }, options, "", found);
  for (const rule of rulesOf(kind)) {
    // The schema of `kind` passed the payload, so it is what the rules of `kind` take.
    if ((rule.code !== undefined) === wanted) run(rule, payload as never, options, `/${body.type}`, found);
  }
  return found;
}
