/** Writes sentences of a grammar that `readEbnf` gave. */
import type { Ebnf, Grammar } from "../tools/ebnf.ts";

/** How a sentence is written. */
export interface Writer {
  readonly random: () => number;
  /** The image of a token that has no fixed one. */
  readonly token: (name: string) => string;
  /** How often each way has been gone so far. Every sentence makes for one that has been gone least. */
  readonly used: Map<string, number>;
  /** Rules whose optional parts are rare: those of expressions, of which ten lie in one another. */
  readonly short: ReadonlySet<string>;
  /** Expansions of one rule that are open at once; beyond it the shortest ways are gone. */
  readonly deepest: number;
  /** Tokens of one sentence, about: beyond it the same. */
  readonly longest: number;
}

/** The tokens of one sentence of a rule. */
export function writeSentence(grammar: Grammar, start: string, writer: Writer): string[] {
  const { random, used } = writer;
  const { cost, reaches } = analysisOf(grammar);
  const count = (way: string): number => used.get(way) ?? 0;
  const least = Math.min(...grammar.ways.map(count));
  let target: string | undefined = pick(grammar.ways.filter((way) => count(way) === least));
  const out: string[] = [];
  const open = new Map<string, number>();
  let nested = 0;
  write({ kind: "name", name: start }, start);
  return out;

  function pick<T>(from: readonly T[]): T {
    return from[Math.floor(random() * from.length)] as T;
  }

  function go(id: number, way: number): void {
    const key = `${id}:${way}`;
    used.set(key, count(key) + 1);
    if (key === target) target = undefined;
  }

  function leads(node: Ebnf): boolean {
    return target !== undefined && reaches(node).has(target);
  }

  function expand(name: string, body: Ebnf): void {
    const times = (open.get(name) ?? 0) + 1;
    open.set(name, times);
    if (times > writer.deepest) nested++;
    write(body, name);
    if (times > writer.deepest) nested--;
    open.set(name, times - 1);
  }

  function write(node: Ebnf, rule: string): void {
    switch (node.kind) {
      case "word":
        out.push(node.text);
        return;
      case "name": {
        const body = grammar.rules.get(node.name);
        if (body === undefined) out.push(writer.token(node.name));
        else expand(node.name, body);
        return;
      }
      case "sequence":
        for (const item of node.items) write(item, rule);
        return;
      case "choice": {
        const way = choose(node.id, node.alternatives);
        go(node.id, way);
        write(node.alternatives[way] as Ebnf, rule);
        return;
      }
      default: {
        const most = node.kind === "optional" ? 1 : 3;
        for (let i = 0; i < most; i++) {
          const taken = take(node.id, node.item, rule);
          go(node.id, taken ? 1 : 0);
          if (!taken) return;
          write(node.item, rule);
        }
      }
    }
  }

  function hurry(): boolean {
    return nested > 0 || out.length > writer.longest;
  }

  function choose(id: number, alternatives: readonly Ebnf[]): number {
    const all = alternatives.map((_, way) => way);
    const aimed = all.filter((way) => `${id}:${way}` === target || leads(alternatives[way] as Ebnf));
    if (aimed.length > 0 && nested === 0) return pick(aimed);
    if (!hurry()) return pick(all);
    const cheapest = Math.min(...alternatives.map(cost));
    return pick(all.filter((way) => cost(alternatives[way] as Ebnf) === cheapest));
  }

  function take(id: number, item: Ebnf, rule: string): boolean {
    if (target === `${id}:0`) return false;
    if (nested === 0 && (target === `${id}:1` || leads(item))) return true;
    return !hurry() && random() < (writer.short.has(rule) ? 0.12 : 0.5);
  }
}

interface Analysis {
  /** How deep rules must be expanded at least. */
  readonly cost: (node: Ebnf) => number;
  /** The ways that can be gone at or below a node. */
  readonly reaches: (node: Ebnf) => ReadonlySet<string>;
}

const analyses = new WeakMap<Grammar, Analysis>();

function analysisOf(grammar: Grammar): Analysis {
  const known = analyses.get(grammar);
  if (known !== undefined) return known;
  const found = { cost: costs(grammar), reaches: reachable(grammar) };
  analyses.set(grammar, found);
  return found;
}

function costs(grammar: Grammar): Analysis["cost"] {
  const rules = new Map<string, number>();
  const of = (node: Ebnf): number => {
    switch (node.kind) {
      case "word":
      case "optional":
      case "repeat":
        return 0;
      case "name":
        return grammar.rules.has(node.name) ? 1 + (rules.get(node.name) ?? 1000) : 0;
      case "sequence":
        return Math.max(0, ...node.items.map(of));
      case "choice":
        return Math.min(...node.alternatives.map(of));
    }
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, body] of grammar.rules) {
      const depth = of(body);
      if (depth < (rules.get(name) ?? 1000)) {
        rules.set(name, depth);
        changed = true;
      }
    }
  }
  return of;
}

function reachable(grammar: Grammar): Analysis["reaches"] {
  const rules = new Map<string, Set<string>>([...grammar.rules.keys()].map((name) => [name, new Set()]));
  const collect = (node: Ebnf, into: Set<string>): void => {
    switch (node.kind) {
      case "word":
        return;
      case "name":
        for (const way of rules.get(node.name) ?? []) into.add(way);
        return;
      case "sequence":
        for (const item of node.items) collect(item, into);
        return;
      case "choice":
        for (const [way, item] of node.alternatives.entries()) {
          into.add(`${node.id}:${way}`);
          collect(item, into);
        }
        return;
      default:
        into.add(`${node.id}:0`).add(`${node.id}:1`);
        collect(node.item, into);
    }
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, body] of grammar.rules) {
      const set = rules.get(name) as Set<string>;
      const before = set.size;
      collect(body, set);
      changed ||= set.size > before;
    }
  }
  const byNode = new Map<Ebnf, Set<string>>();
  return (node) => {
    const known = byNode.get(node);
    if (known !== undefined) return known;
    const set = new Set<string>();
    collect(node, set);
    byNode.set(node, set);
    return set;
  };
}
