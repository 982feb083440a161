/** Reads the notation of `parley.ebnf`. */

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
