/**
 * What may stand behind a row of tokens, by the parser's own grammar. A recogniser that goes all ways at once and knows
 * where each rule that begins at a token can end, so that its work stays polynomial whatever the row.
 */
import {
  Alternation,
  type IProduction,
  type IToken,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  type TokenType,
} from "chevrotain";
import { matches } from "./parser/base.ts";
import { sharedParser } from "./parser/file.ts";

export interface Awaited {
  readonly type: TokenType;
  /** The rule that it stands in. */
  readonly rule: string;
}

interface Walk {
  readonly tokens: readonly IToken[];
  readonly rules: Readonly<Record<string, Rule>>;
  /** By rule and place; while a rule is being walked it has no ends, since no rule begins with itself. */
  readonly ends: Map<string, readonly number[]>;
  readonly awaited: Awaited[];
}

/** The parts of Chevrotain's productions that are looked at. */
interface Production {
  readonly definition?: readonly IProduction[];
  readonly nonTerminalName?: string;
  readonly terminalType?: TokenType;
  readonly separator?: TokenType;
  /** Its class; by name it would be lost in a bundle with short names. */
  readonly constructor: unknown;
}

/** Of each token type and rule once; nothing where the tokens are no beginning of the rule. */
export function awaitedAfter(rule: string, tokens: readonly IToken[]): readonly Awaited[] {
  const walk: Walk = { tokens, rules: sharedParser().getGAstProductions(), ends: new Map(), awaited: [] };
  ofRule(walk, rule, 0);
  const once = new Map(walk.awaited.map((a) => [`${a.type.name} ${a.rule}`, a]));
  return [...once.values()];
}

function ofRule(walk: Walk, name: string, at: number): readonly number[] {
  const key = `${name} ${at}`;
  const known = walk.ends.get(key);
  if (known) return known;
  walk.ends.set(key, []);
  const found = sequence(walk, walk.rules[name]?.definition ?? [], [at], name);
  walk.ends.set(key, found);
  return found;
}

function sequence(walk: Walk, parts: readonly IProduction[], from: readonly number[], rule: string): readonly number[] {
  let at = from;
  for (const part of parts) {
    if (at.length === 0) return at;
    at = union(at.map((place) => production(walk, part as Production, place, rule)));
  }
  return at;
}

function union(all: readonly (readonly number[])[]): readonly number[] {
  return all.length === 1 ? (all[0] ?? []) : [...new Set(all.flat())];
}

function production(walk: Walk, p: Production, at: number, rule: string): readonly number[] {
  if (p.nonTerminalName !== undefined) return ofRule(walk, p.nonTerminalName, at);
  if (p.terminalType) return terminal(walk, p.terminalType, at, rule);
  const parts = p.definition ?? [];
  switch (p.constructor) {
    case Alternation:
      return union(parts.map((part) => sequence(walk, (part as Production).definition ?? [], [at], rule)));
    case Option:
      return union([[at], sequence(walk, parts, [at], rule)]);
    case Repetition:
      return repeated(walk, p, at, rule, true);
    case RepetitionWithSeparator:
      return repeated(walk, p, at, rule, true);
    case RepetitionMandatory:
    case RepetitionMandatoryWithSeparator:
      return repeated(walk, p, at, rule, false);
    default:
      return sequence(walk, parts, [at], rule);
  }
}

function repeated(walk: Walk, p: Production, at: number, rule: string, orNone: boolean): readonly number[] {
  const parts = p.definition ?? [];
  const ends = new Set<number>(sequence(walk, parts, [at], rule));
  // A set goes on with what is added while it is walked.
  for (const end of ends) {
    const next = p.separator ? terminal(walk, p.separator, end, rule) : [end];
    for (const more of sequence(walk, parts, next, rule)) ends.add(more);
  }
  if (orNone) ends.add(at);
  return [...ends];
}

function terminal(walk: Walk, type: TokenType, at: number, rule: string): readonly number[] {
  const token = walk.tokens[at];
  if (!token) {
    walk.awaited.push({ type, rule });
    return [];
  }
  return matches(token, type) ? [at + 1] : [];
}
