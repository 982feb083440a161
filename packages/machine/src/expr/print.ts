/** Values as the texts that users see. */
import type { Expr, Hole, Machine, Template, Value, ValueType } from "../format.ts";
import { pick } from "../text/localized.ts";
import { printNumber } from "../value/number.ts";
import type { Env } from "./env.ts";

type Evaluate = (env: Env, e: Expr) => Value;

export function printAll(env: Env, template: Template, evaluate: Evaluate): string {
  let text = "";
  for (const part of template) text += typeof part === "string" ? part : printHole(env, part, evaluate);
  return text;
}

export function printHole(env: Env, hole: Hole, evaluate: Evaluate): string {
  const value = evaluate(env, hole.e);
  return typeof hole.as === "object" ? printCase(env, hole.as.enum, value, evaluate) : printPlain(value);
}

/** Texts, dates and times as they are, numbers without exponents; nothing for none. */
export function printPlain(value: Value): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? printNumber(value) : "";
}

/** The label of a case in the words of the surroundings. */
function printCase(env: Env, name: string, value: Value, evaluate: Evaluate): string {
  if (typeof value !== "string") return "";
  const label = labelOf(env.machine, env.locale, name, value);
  return label ? printAll(env, label, evaluate) : value;
}

function labelOf(machine: Machine, locale: string, name: string, value: string): Template | undefined {
  const cases = machine.enums[name]?.cases;
  const key = cases && Object.hasOwn(cases, value) ? cases[value] : undefined;
  const localized = key === undefined ? undefined : machine.texts[key];
  return localized && pick(machine, localized, locale);
}

/** By the type that the value has, where no hole says how. */
export function printTyped(env: Env, type: ValueType, value: Value, evaluate: Evaluate): string {
  if (type.t === "optional") return printTyped(env, type.of, value, evaluate);
  return type.t === "enum" ? printCase(env, type.name, value, evaluate) : printPlain(value);
}
