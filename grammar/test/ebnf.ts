/** Reads the notation of `parley.ebnf` and writes sentences of the grammar. */

export type Ebnf =
  | { readonly kind: "choice"; readonly id: number; readonly alternatives: readonly Ebnf[] }
  | { readonly kind: "sequence"; readonly items: readonly Ebnf[] }
  | { readonly kind: "optional" | "repeat"; readonly id: number; readonly item: Ebnf }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "name"; readonly name: string };

export interface Grammar {
  readonly rules: ReadonlyMap<string, Ebnf>;
  /** Every way to go on somewhere, as `place:way`; what a complete set of sentences has gone. */
  readonly ways: readonly string[];
  /** Everything that stands in quotes. */
  readonly words: ReadonlySet<string>;
}

export function readEbnf(text: string): Grammar {
  const bare = text.replace(/\(\*[\s\S]*?\*\)/g, " ");
  const tokens = bare.match(/"[^"]*"|[A-Za-z]\w*|[=;|[\]{}()]/g) ?? [];
  const reader = new Reader(tokens);
  const rules = reader.rules();
  return { rules, ways: reader.ways, words: reader.words };
}

class Reader {
  readonly ways: string[] = [];
  readonly words: Set<string> = new Set();
  private readonly tokens: readonly string[];
  private at = 0;
  private places = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  rules(): Map<string, Ebnf> {
    const rules = new Map<string, Ebnf>();
    while (this.at < this.tokens.length) {
      const name = this.next();
      this.expect("=");
      rules.set(name, this.choice());
      this.expect(";");
    }
    return rules;
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error("the grammar ends too early");
    return token;
  }

  private expect(token: string): void {
    const found = this.next();
    if (found !== token) throw new Error(`expected ${token}, found ${found} (token ${this.at})`);
  }

  private place(ways: number): number {
    const id = this.places++;
    for (let way = 0; way < ways; way++) this.ways.push(`${id}:${way}`);
    return id;
  }

  private choice(): Ebnf {
    const alternatives = [this.sequence()];
    while (this.tokens[this.at] === "|") {
      this.at++;
      alternatives.push(this.sequence());
    }
    if (alternatives.length === 1) return alternatives[0] as Ebnf;
    return { kind: "choice", id: this.place(alternatives.length), alternatives };
  }

  private sequence(): Ebnf {
    const items: Ebnf[] = [];
    while (!["|", ";", "]", "}", ")", undefined].includes(this.tokens[this.at])) items.push(this.item());
    return { kind: "sequence", items };
  }

  private item(): Ebnf {
    const token = this.next();
    const close = { "[": "]", "{": "}", "(": ")" }[token];
    if (close !== undefined) {
      const item = this.choice();
      this.expect(close);
      if (token === "(") return item;
      return { kind: token === "[" ? "optional" : "repeat", id: this.place(2), item };
    }
    if (!token.startsWith('"')) return { kind: "name", name: token };
    const text = token.slice(1, -1);
    this.words.add(text);
    return { kind: "word", text };
  }
}

/** Decisions of a writer: all random choices go through here. */
export interface Writer {
  readonly random: () => number;
  /** The image of a token that has no fixed one. */
  readonly token: (name: string) => string;
  /** Ways gone so far, with how often: the rarest are preferred. */
  readonly used: Map<string, number>;
  /** Expansions of rules that are open at once; beyond it the shortest ways are gone. */
  readonly deepest: number;
}

/** The tokens of one sentence of a rule. */
export function writeSentence(grammar: Grammar, rule: string, writer: Writer): string[] {
  const out: string[] = [];
  const costs = minimalDepths(grammar);
  write({ kind: "name", name: rule }, 0);
  return out;

  function write(node: Ebnf, depth: number): void {
    switch (node.kind) {
      case "word":
        out.push(node.text);
        return;
      case "name": {
        const body = grammar.rules.get(node.name);
        if (body === undefined) out.push(writer.token(node.name));
        else write(body, depth + 1);
        return;
      }
      case "sequence":
        for (const item of node.items) write(item, depth);
        return;
      case "choice": {
        const way = choose(node.id, node.alternatives.length, depth, (i) => costs.of(node.alternatives[i] as Ebnf));
        write(node.alternatives[way] as Ebnf, depth);
        return;
      }
      case "optional":
        if (take(node.id, depth, node.item)) write(node.item, depth);
        return;
      case "repeat":
        for (let i = 0; i < 3 && take(node.id, depth, node.item); i++) write(node.item, depth);
        return;
    }
  }

  function note(id: number, way: number): void {
    const key = `${id}:${way}`;
    writer.used.set(key, (writer.used.get(key) ?? 0) + 1);
  }

  function choose(id: number, ways: number, depth: number, cost: (way: number) => number): number {
    const all = Array.from({ length: ways }, (_, way) => way);
    let open = all;
    if (depth > writer.deepest) {
      const least = Math.min(...all.map(cost));
      open = all.filter((way) => cost(way) === least);
    } else if (writer.random() < 0.5) {
      const rarest = Math.min(...all.map((way) => writer.used.get(`${id}:${way}`) ?? 0));
      open = all.filter((way) => (writer.used.get(`${id}:${way}`) ?? 0) === rarest);
    }
    const way = open[Math.floor(writer.random() * open.length)] as number;
    note(id, way);
    return way;
  }

  function take(id: number, depth: number, item: Ebnf): boolean {
    const deep = depth > writer.deepest || (depth > writer.deepest / 2 && costs.of(item) > 3);
    const taken = !deep && writer.random() < 0.4;
    note(id, taken ? 1 : 0);
    return taken;
  }
}

/** How deep rules must be expanded at least, for every node. */
function minimalDepths(grammar: Grammar): { readonly of: (node: Ebnf) => number } {
  const known = depthsOf.get(grammar);
  if (known !== undefined) return known;
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
  const found = { of };
  depthsOf.set(grammar, found);
  return found;
}

const depthsOf = new WeakMap<Grammar, { readonly of: (node: Ebnf) => number }>();
